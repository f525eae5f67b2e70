// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/transactionrecord.h"

#include "config/coretexts.h"

#include <utility>

namespace qproxysql {

namespace {

// What a value costs beside its text: roughly the QVariant and what it refers to.
constexpr qint64 PerValue = 32;
constexpr qint64 PerStatement = 128;

// Texts of fromRawData() refer to memory that the application may change.
QString owned(const QString &text)
{
    return text.data_ptr().isMutable() ? text : QString(text.constData(), text.size());
}

QVariantList owned(QVariantList values)
{
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QVariant &value = std::as_const(values).at(i);
        if (value.typeId() == QMetaType::QString) {
            const QString text = value.toString();
            if (!text.isNull() && !text.data_ptr().isMutable())
                values[i] = owned(text);
        } else if (value.typeId() == QMetaType::QByteArray) {
            QByteArray bytes = value.toByteArray(); // its data_ptr() is not const
            if (!bytes.isNull() && !bytes.data_ptr().isMutable())
                values[i] = QByteArray(bytes.constData(), bytes.size());
        }
    }
    return values;
}

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
    if (!isOn())
        return;
    m_statements.push_back({.sql = owned(sql), .isCompared = false});
}

void TransactionRecord::addBegin()
{
    noteBegin();
    if (m_obstacle.isEmpty() && isOn())
        m_statements.push_back({.sql = QStringLiteral("START TRANSACTION"), .isCompared = false});
}

void TransactionRecord::add(const QString &sql, const QVariantList *values, Answer &answer)
{
    if (!m_obstacle.isEmpty() || !isOn())
        return;
    if (!answer.isKnown) {
        forbid(NotReplayed::ofLibrary());
        return;
    }
    m_statements.push_back({.sql = owned(sql),
                            .isPrepared = values != nullptr,
                            .values = values ? owned(*values) : QVariantList(),
                            .answer = answer.digest.value(),
                            .insertId = answer.insertId});
    m_size += sizeOf(m_statements.back());
    if (m_size > m_limit)
        forbid({NotReplayed::Limit,
                CoreTexts::tr("its statements and values are larger than REPLAY_LIMIT (%1 KiB)")
                        .arg(m_limit / 1024)});
}

void TransactionRecord::noteSteps(const KeySteps &steps)
{
    if (!m_statements.empty())
        m_statements.back().steps = steps;
}

void TransactionRecord::noteReplayed()
{
    for (RecordedStatement &statement : m_statements)
        statement.steps.cluster.clear();
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
    m_hasPrelude = m_hasBegin = m_hasWritten = false;
    m_size = 0;
}

} // namespace qproxysql
