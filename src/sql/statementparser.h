// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/statementtraits.h"
#include "sql/tokenwatch.h"

namespace qproxysql {

/// Parses the statements of one text: each verb and the clauses between it and the expressions.
/// TokenWatch handles what may occur anywhere in a statement. Used once, by classifyStatement().
class StatementParser
{
public:
    StatementParser(QStringView sql, LexerMode mode);
    StatementTraits parse();

private:
    friend struct VerbTable;
    using Handler = void (StatementParser::*)();
    static Handler handlerOf(std::string_view verb);

    void parseStatement();
    void dispatch();

    // Reads.
    void query();
    void withQuery();
    void show();
    void explain();
    void analyze();
    // Writes and calls.
    void insert();
    void modify();
    void expressions();
    void call();
    void getDiagnostics();
    // Transactions.
    void begin();
    void start();
    void commit();
    void rollback();
    void savepoint();
    void xa();
    // Definitions and administration.
    void create();
    void createTable();
    void storedProgram();
    void drop();
    void definition();
    void administration();
    void lock();
    void unlock();
    void flush();
    void backup();
    void handlerVerb();
    void prepare();
    void execute();
    void deallocate();
    void use();
    void unknown();
    // SET.
    void set();
    void setStatement();
    enum class Scope { NextTransaction, Session, Global };
    void setTransaction(Scope scope);
    void setAssignment();
    void setNames();
    void setIsolation();
    void setVariable(std::string_view name, Scope scope);
    void setAutocommit();
    QString plainValue() const;
    void changes(std::string_view setting, const QString &value);
    void skipValue();

    void commits(TransactionVerb verb = TransactionVerb::ImplicitCommit);
    bool accept(std::string_view keyword);
    void passTableName();
    void noteReleaseOfAllLocks();

    TokenWatch m_watch;
    StatementTraits m_traits;
    SessionPins m_releases;
    bool m_isScopeDoubtful = false; ///< GLOBAL may apply to the next assignments of a SET
    bool m_isRead = false;          ///< the verb of the current statement only reads
    bool m_mayMixCode = false;      ///< conditional words cannot change what the verb does
    bool m_endsInBody = false;      ///< the end of a stored program was not found
};

} // namespace qproxysql
