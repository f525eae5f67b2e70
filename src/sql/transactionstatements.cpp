// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementparser.h"

namespace qproxysql {

void StatementParser::begin()
{
    m_watch.advance();
    if (m_watch.isWord("NOT")) { // BEGIN NOT ATOMIC: MariaDB's compound statement
        unknown();
        return;
    }
    accept("WORK");
    if (m_watch.atStatementEnd())
        does(TransactionVerb::Begin, true);
    else
        unknown(); // a block of sql_mode=ORACLE
}

void StatementParser::start()
{
    m_watch.advance();
    if (m_watch.isWord("TRANSACTION")) {
        does(TransactionVerb::Begin, true);
        m_watch.skipStatement();
    } else {
        definition(); // replication
    }
}

void StatementParser::commit()
{
    bool chains = false;
    while (!m_watch.atStatementEnd()) {
        chains |= m_watch.isWord("AND") && m_watch.followsWord("CHAIN");
        m_watch.advance();
    }
    does(chains ? TransactionVerb::Begin : TransactionVerb::Commit, true);
}

void StatementParser::rollback()
{
    bool chains = false;
    bool isPartial = false;
    while (!m_watch.atStatementEnd()) {
        chains |= m_watch.isWord("AND") && m_watch.followsWord("CHAIN");
        isPartial |= m_watch.isWord("TO");
        m_watch.advance();
    }
    if (isPartial)
        does(TransactionVerb::Savepoint, false);
    else
        does(chains ? TransactionVerb::Begin : TransactionVerb::Rollback, false);
}

void StatementParser::savepoint()
{
    does(TransactionVerb::Savepoint, false);
    m_watch.skipStatement();
}

void StatementParser::xa()
{
    m_watch.advance();
    does(TransactionVerb::Xa, m_watch.isWord("COMMIT"));
    if (m_watch.isOneOf({"START", "BEGIN", "END", "PREPARE"}))
        m_watch.pin(SessionPin::XaTransaction);
    m_watch.skipStatement();
}

} // namespace qproxysql
