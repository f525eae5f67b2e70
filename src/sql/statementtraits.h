// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/lexermode.h"
#include "sql/sessionpins.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>

namespace qproxysql {

/// What a text does to transactions. The last statement that affects transactions counts.
enum class TransactionVerb {
    None,
    Begin,         ///< BEGIN, START TRANSACTION, COMMIT AND CHAIN, ROLLBACK AND CHAIN
    Commit,        ///< COMMIT without AND CHAIN
    Rollback,      ///< ROLLBACK without TO SAVEPOINT or AND CHAIN
    Savepoint,     ///< SAVEPOINT, RELEASE SAVEPOINT, ROLLBACK TO
    Xa,            ///< XA ...
    ImplicitCommit ///< DDL, LOCK TABLES, UNLOCK TABLES, FLUSH, SET autocommit=1, ...
};

/// A change of a session setting by a text.
struct SettingChange
{
    int setting = -1; ///< index into sessionSettings()
    QString value;    ///< null if only the server knows it
};

/// What is known of one SQL text from its tokens. Doubtful texts are no plain reads and pin.
struct StatementTraits
{
    bool isSingle = false;    ///< at most one statement, with or without a trailing ';'
    bool isPlainRead = false; ///< on the allow-list of docs/reruns.md: may be sent twice
    /// Reads what an earlier statement left in the session: LAST_INSERT_ID(), ROW_COUNT(),
    /// FOUND_ROWS(), LASTVAL(), SHOW WARNINGS/ERRORS/COUNT, GET DIAGNOSTICS, @@identity,
    /// @@warning_count, ... Never a plain read.
    bool dependsOnPreviousStatement = false;
    /// It may commit a transaction that is open before it: COMMIT (also AND CHAIN), BEGIN (which
    /// commits the previous transaction), implicit commits, XA COMMIT, CALL, ...
    bool mayCommit = false;
    bool leavesNothing = false; ///< no pins, releases or settings, not even during the statement
    SessionPins pins;           ///< session state that this text may leave behind or rely on
    /// Pins that end for certain when this text succeeds: TableLocks (UNLOCK TABLES), NamedLocks
    /// (RELEASE_ALL_LOCKS()), Autocommit (SET autocommit=1). None if the text has several
    /// statements.
    SessionPins releases;
    /// Settings that this text changes. A setting with a known value does not pin, since it can be
    /// applied to another session.
    QList<SettingChange> settings;
    /// It may change session state in a way that the other members describe (SET, USE, DROP,
    /// DEALLOCATE, ...), so that a change reported by the server adds nothing.
    bool mayChangeSession = false;
    bool isForOneStatement = false; ///< SET STATEMENT ... FOR: the variables do not outlive it
    TransactionVerb transaction = TransactionVerb::None;

    /// It may change what another text means: schema, sql_mode, character set, tables.
    bool mayChangeMeaning() const
    {
        return !leavesNothing || !isSingle || transaction == TransactionVerb::ImplicitCommit;
    }

    /// It may run other statements, so that part of it may have been executed when it fails.
    bool mayRunOthers() const { return pins & (SessionPin::StoredProcedure | SessionPin::Unknown); }
};

/// Classifies \a sql. Pure, thread-safe.
StatementTraits classifyStatement(QStringView sql, LexerMode mode = {});

/// A bounded cache of classifyStatement() by text. Used by one thread at a time.
class StatementTraitsCache
{
public:
    StatementTraitsCache();
    ~StatementTraitsCache();

    /// The reference is valid until the next call. Texts over 4 KiB are not kept; about 1,000 texts
    /// and 512 KiB are.
    const StatementTraits &of(const QString &sql, LexerMode mode = {})
    {
        const bool isLast = m_last && sql.constData() == m_lastData
                            && sql.size() == m_lastText.size() && mode == m_mode
                            && (m_lastData == m_lastText.constData() || sql == m_lastText);
        return Q_LIKELY(isLast) ? *m_last : find(sql, mode);
    }

private:
    struct Data;

    const StatementTraits &find(const QString &sql, LexerMode mode);
    const StatementTraits &insert(const QString &sql, StatementTraits traits);
    const StatementTraits &remember(const QString &sql, const StatementTraits &traits);

    // Prepared queries and loops pass the same string object again, which needs no hashing. Holding
    // the text keeps its address from being reused. What fromRawData() refers to is copied, since it may change.
    QString m_lastText;
    const QChar *m_lastData = nullptr;
    const StatementTraits *m_last = nullptr;
    LexerMode m_mode;
    const std::unique_ptr<Data> d;
    Q_DISABLE_COPY_MOVE(StatementTraitsCache)
};

} // namespace qproxysql
