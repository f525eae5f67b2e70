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
        commits(TransactionVerb::Begin);
    else
        unknown(); // a block of sql_mode=ORACLE
}

void StatementParser::start()
{
    m_watch.advance();
    if (m_watch.isWord("TRANSACTION")) {
        commits(TransactionVerb::Begin);
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
    commits(chains ? TransactionVerb::Begin : TransactionVerb::Commit);
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
    m_traits.transaction = isPartial ? TransactionVerb::Savepoint
                           : chains  ? TransactionVerb::Begin
                                     : TransactionVerb::Rollback;
}

void StatementParser::savepoint()
{
    m_traits.transaction = TransactionVerb::Savepoint;
}

void StatementParser::xa()
{
    m_watch.advance();
    m_traits.transaction = TransactionVerb::Xa;
    m_traits.mayCommit |= m_watch.isWord("COMMIT");
    if (m_watch.isOneOf({"START", "BEGIN", "END", "PREPARE"}))
        m_watch.pin(SessionPin::XaTransaction);
}

} // namespace qproxysql
