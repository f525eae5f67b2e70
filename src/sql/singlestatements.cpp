// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/singlestatements.h"

#include "sql/sqllexer.h"

namespace qproxysql {

QStringList singleStatements(const QString &sql, LexerMode mode)
{
    QStringList statements;
    SqlLexer lexer(sql, mode);
    qsizetype begin = 0;
    bool isEmpty = true;
    const auto take = [&](qsizetype end) {
        if (!isEmpty)
            statements.append(sql.mid(begin, end - begin).trimmed());
        begin = end + 1;
        isEmpty = true;
    };
    for (SqlToken token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        const bool isEnd = token.is(u';');
        // Every compound statement contains END.
        const bool mayBeCompound = token.kind == TokenKind::Word
                                   && token.text.compare(u"END", Qt::CaseInsensitive) == 0;
        if (mayBeCompound || (isEnd && token.isConditional))
            return {sql};
        if (isEnd)
            take(token.text.data() - sql.constData());
        else
            isEmpty = false;
    }
    take(sql.size());
    return lexer.isDoubtful() ? QStringList{sql} : statements;
}

} // namespace qproxysql
