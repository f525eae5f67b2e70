// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementparser.h"

namespace qproxysql {

void StatementParser::create()
{
    m_mayMixCode = true;
    m_watch.watchOn(false);
    m_watch.advance();
    bool isTemporary = false;
    while (!m_watch.atStatementEnd()) {
        isTemporary |= m_watch.isWord("TEMPORARY");
        if (m_watch.isWord("TABLE") || m_watch.isWord("SEQUENCE")) {
            createTable(isTemporary);
            return;
        }
        if (m_watch.isOneOf({"PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"})) {
            storedProgram();
            return;
        }
        m_watch.advance();
    }
    does(TransactionVerb::ImplicitCommit, true);
}

void StatementParser::createTable(bool isTemporary)
{
    if (isTemporary)
        m_watch.pin(SessionPin::TemporaryTables);
    else
        does(TransactionVerb::ImplicitCommit, true);
    // Column definitions look like function calls. Only the query of CREATE ... SELECT is executed.
    while (!m_watch.atStatementEnd()) {
        if (m_watch.isWord("SELECT")
            || (m_watch.isWord("VALUES")
                && (m_watch.followsOperator(u'(') || m_watch.followsWord("ROW")))) {
            m_watch.watchOn(true);
            m_watch.expectColumnLists();
            break;
        }
        m_watch.advance();
    }
    m_watch.skipStatement();
}

// The body runs later. Inside BEGIN or CASE a semicolon does not end the statement.
void StatementParser::storedProgram()
{
    does(TransactionVerb::ImplicitCommit, true);
    int open = 0;
    while (!m_watch.atTextEnd() && (open > 0 || !m_watch.atStatementEnd())) {
        if (m_watch.isWord("BEGIN") || m_watch.isWord("CASE")) {
            ++open;
        } else if (m_watch.isWord("END")) {
            m_watch.advance();
            if (m_watch.isOneOf({"IF", "LOOP", "WHILE", "REPEAT", "FOR"})) {
                m_watch.advance();
                continue;
            }
            --open;
            if (!m_watch.isWord("CASE"))
                continue;
        }
        m_watch.advance();
    }
    m_endsInBody |= open != 0;
}

void StatementParser::drop()
{
    m_traits.mayChangeSession = true;
    m_watch.watchOn(false);
    m_watch.advance();
    if (!m_watch.isWord("TEMPORARY") && !m_watch.isWord("PREPARE"))
        does(TransactionVerb::ImplicitCommit, true);
    m_watch.skipStatement();
}

void StatementParser::definition()
{
    m_traits.mayChangeSession = true;
    m_mayMixCode = true;
    m_watch.watchOn(false);
    does(TransactionVerb::ImplicitCommit, true);
    m_watch.skipStatement();
}

void StatementParser::administration()
{
    m_watch.skipStatement();
}

void StatementParser::lock()
{
    m_watch.advance();
    m_watch.pin(m_watch.isWord("INSTANCE") ? SessionPin::BackupLocks : SessionPin::TableLocks);
    does(TransactionVerb::ImplicitCommit, true);
    m_watch.skipStatement();
}

void StatementParser::unlock()
{
    m_watch.advance();
    if (m_watch.isWord("TABLES") || m_watch.isWord("TABLE"))
        m_releases |= SessionPin::TableLocks;
    does(TransactionVerb::ImplicitCommit, true);
    m_watch.skipStatement();
}

void StatementParser::flush()
{
    m_watch.watchOn(false);
    does(TransactionVerb::ImplicitCommit, true);
    while (!m_watch.atStatementEnd()) {
        if (m_watch.isWord("WITH") || (m_watch.isWord("FOR") && m_watch.followsWord("EXPORT")))
            m_watch.pin(SessionPin::TableLocks);
        m_watch.advance();
    }
}

void StatementParser::backup()
{
    m_watch.advance();
    if (!m_watch.isWord("UNLOCK") && !(m_watch.isWord("STAGE") && m_watch.followsWord("END")))
        m_watch.pin(SessionPin::BackupLocks);
    does(TransactionVerb::ImplicitCommit, true);
    m_watch.skipStatement();
}

void StatementParser::handlerVerb()
{
    m_watch.watchOn(false);
    bool closes = false;
    while (!m_watch.atStatementEnd()) {
        closes = m_watch.isWord("CLOSE");
        m_watch.advance();
    }
    if (!closes)
        m_watch.pin(SessionPin::Handlers);
}

void StatementParser::prepare()
{
    m_watch.pin(SessionPin::SqlPrepared);
    m_watch.skipStatement();
}

void StatementParser::execute()
{
    m_watch.advance();
    if (!m_watch.isWord("IMMEDIATE"))
        m_watch.pin(SessionPin::SqlPrepared);
    unknown(); // the executed text is not known
}

void StatementParser::deallocate()
{
    m_traits.mayChangeSession = true;
    m_watch.skipStatement();
}

} // namespace qproxysql
