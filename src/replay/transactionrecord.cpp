// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/transactionrecord.h"

#include "config/coretexts.h"

namespace qproxysql {

namespace {

// What a value costs beside its text: roughly the QVariant and what it refers to.
constexpr qint64 PerValue = 32;
constexpr qint64 PerStatement = 128;

qint64 sizeOf(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QString:
        return PerValue + value.toString().size() * qint64(sizeof(QChar));
    case QMetaType::QByteArray:
        return PerValue + value.toByteArray().size();
    default:
        return PerValue;
    }
}

qint64 sizeOf(const RecordedStatement &statement)
{
    qint64 size = PerStatement + statement.sql.size() * qint64(sizeof(QChar));
    for (const QVariant &value : statement.values)
        size += sizeOf(value);
    return size;
}

} // namespace

void TransactionRecord::addPrelude(const QString &sql)
{
    m_hasPrelude = true;
    m_statements.push_back({.sql = sql, .isCompared = false});
}

void TransactionRecord::addBegin()
{
    noteBegin();
    if (m_obstacle.isEmpty())
        m_statements.push_back({.sql = QStringLiteral("START TRANSACTION"), .isCompared = false});
}

void TransactionRecord::add(const QString &sql, const QVariantList *values, Answer &answer)
{
    if (!m_obstacle.isEmpty())
        return;
    if (!answer.isKnown) {
        forbid(NotReplayed::ofLibrary());
        return;
    }
    m_statements.push_back({.sql = sql,
                            .isPrepared = values != nullptr,
                            .values = values ? *values : QVariantList(),
                            .answer = answer.digest.value(),
                            .insertId = answer.insertId});
    m_size += sizeOf(m_statements.back());
    if (m_size > m_limit)
        forbid({NotReplayed::Limit,
                CoreTexts::tr("its statements and values are larger than REPLAY_LIMIT (%1 KiB)")
                        .arg(m_limit / 1024)});
}

void TransactionRecord::forbid(const NotReplayed &why)
{
    if (m_obstacle.isEmpty())
        m_obstacle = why;
    m_statements = {};
    m_size = 0;
}

void TransactionRecord::end()
{
    m_statements.clear();
    m_obstacle = {};
    m_hasPrelude = m_hasBegin = false;
    m_size = 0;
}

} // namespace qproxysql
