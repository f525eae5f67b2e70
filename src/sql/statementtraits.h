// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/lexermode.h"
#include "sql/sessionpins.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>

namespace qproxysql {

/// What a statement does to transactions, judged by its text alone. Of several statements in one
/// text: the last that does anything to them.
enum class TransactionVerb {
    None,
    Begin, ///< BEGIN, START TRANSACTION; COMMIT or ROLLBACK AND CHAIN (a transaction is open after it)
    Commit,        ///< COMMIT without AND CHAIN
    Rollback,      ///< ROLLBACK without TO SAVEPOINT or AND CHAIN
    Savepoint,     ///< SAVEPOINT, RELEASE SAVEPOINT, ROLLBACK TO
    Xa,            ///< XA ...
    ImplicitCommit ///< DDL, LOCK TABLES, UNLOCK TABLES, FLUSH, SET autocommit=1 and kin
};

/// A setting of the session that a text gives another value.
struct SettingChange
{
    int setting = -1; ///< index into sessionSettings()
    QString value;    ///< where the text alone tells it; null: only the server can
};

/// What the lexer can tell of one SQL text. What it cannot tell it answers cautiously: not a plain
/// read, pinning.
struct StatementTraits
{
    bool isSingle = false;    ///< one statement (a trailing ';' is fine); empty text is single
    bool isPlainRead = false; ///< on the allow-list of docs/reruns.md: may be sent twice
    /// Reads what an earlier statement left in the session: LAST_INSERT_ID(), ROW_COUNT(),
    /// FOUND_ROWS(), LASTVAL(), SHOW WARNINGS/ERRORS/COUNT, GET DIAGNOSTICS, @@identity,
    /// @@warning_count, ... Never a plain read.
    bool readsSessionRest = false;
    /// Something that is open before this text may be committed by it: COMMIT, AND CHAIN included,
    /// BEGIN (it commits the former transaction), implicit commits, XA COMMIT, CALL, what is unknown.
    bool mayCommit = false;
    bool leavesNothing = false; ///< no pins, releases or settings, not even for itself
    /// What this text may leave behind or rely on.
    SessionPins pins;
    /// Pins that are gone for certain once this text has succeeded: TableLocks (UNLOCK TABLES), NamedLocks
    /// (RELEASE_ALL_LOCKS()), Autocommit (SET autocommit=1). None for several statements in one text.
    SessionPins releases;
    /// Settings that this text changes and that another session can be given, too: no pins where their
    /// values are known.
    QList<SettingChange> settings;
    /// It may change what a session holds in a way that is known, so that a server which reports "a
    /// change" reports nothing new: SET, USE, DROP, DEALLOCATE, ...
    bool mayChangeSession = false;
    bool isForOneStatement = false; ///< SET STATEMENT ... FOR: the variables do not outlive it
    TransactionVerb transaction = TransactionVerb::None;

    /// It may run other statements, so that part of it may be done when the server refuses one of them.
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
        const bool isLast = m_last && sql.constData() == m_lastText.constData()
                            && sql.size() == m_lastText.size() && mode == m_mode;
        return Q_LIKELY(isLast) ? *m_last : find(sql, mode);
    }

private:
    struct Data;

    const StatementTraits &find(const QString &sql, LexerMode mode);
    const StatementTraits &insert(const QString &sql, StatementTraits traits);
    const StatementTraits &remember(const QString &sql, const StatementTraits &traits);

    // The same string object again, as prepared queries and loops bring it: no hashing. Holding the text
    // keeps its address from being reused.
    QString m_lastText;
    const StatementTraits *m_last = nullptr;
    LexerMode m_mode;
    const std::unique_ptr<Data> d;
    Q_DISABLE_COPY_MOVE(StatementTraitsCache)
};

} // namespace qproxysql
