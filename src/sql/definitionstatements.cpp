// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementparser.h"

namespace qproxysql {

void StatementParser::create()
{
    m_mayMixCode = true;
    m_watch.setWatching(false);
    m_watch.advance();
    bool isTemporary = false;
    while (!m_watch.atStatementEnd()) {
        isTemporary |= m_watch.isWord("TEMPORARY");
        if (m_watch.isWord("TABLE") || m_watch.isWord("SEQUENCE")) {
            if (isTemporary)
                m_watch.pin(SessionPin::TemporaryTables);
            else
                commits();
            createTable();
            return;
        }
        if (m_watch.isOneOf({"PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"})) {
            storedProgram();
            return;
        }
        m_watch.advance();
    }
    commits();
}

// Column definitions look like function calls. Only the query of CREATE ... SELECT is executed.
void StatementParser::createTable()
{
    while (!m_watch.atStatementEnd()) {
        if (m_watch.isWord("SELECT")
            || (m_watch.isWord("VALUES")
                && (m_watch.followsOperator(u'(') || m_watch.followsWord("ROW")))) {
            m_watch.setWatching(true);
            m_watch.expectColumnLists();
            return;
        }
        m_watch.advance();
    }
}

// The body runs later. Inside BEGIN or CASE a semicolon does not end the statement.
void StatementParser::storedProgram()
{
    commits();
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
    m_watch.setWatching(false);
    m_watch.advance();
    if (!m_watch.isWord("TEMPORARY") && !m_watch.isWord("PREPARE"))
        commits();
}

void StatementParser::definition()
{
    m_traits.mayChangeSession = true;
    m_mayMixCode = true;
    m_watch.setWatching(false);
    commits();
}

// Leaves nothing but what TokenWatch sees.
void StatementParser::administration() {}

void StatementParser::lock()
{
    m_watch.advance();
    m_watch.pin(m_watch.isWord("INSTANCE") ? SessionPin::BackupLocks : SessionPin::TableLocks);
    commits();
}

void StatementParser::unlock()
{
    m_watch.advance();
    if (m_watch.isWord("TABLES") || m_watch.isWord("TABLE"))
        m_releases |= SessionPin::TableLocks;
    commits();
}

void StatementParser::flush()
{
    m_watch.setWatching(false);
    commits();
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
    commits();
}

void StatementParser::handlerVerb()
{
    m_watch.setWatching(false);
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
}

} // namespace qproxysql
