// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/answerdigest.h"

#include "results/clientcalls.h"

#include <QtCore/QHashFunctions>

namespace qproxysql {

namespace {

// Two hashes of Qt with different seeds. A cryptographic hash would cost as much as reading the rows.
constexpr size_t FirstSeed = size_t(0x9e3779b97f4a7c15ull);
constexpr size_t SecondSeed = size_t(0xc2b2ae3d27d4eb4full);

} // namespace

void AnswerDigest::fold(const void *bytes, size_t size)
{
    m_value.first = qHashBits(bytes, size, m_value.first ^ FirstSeed);
    m_value.second = qHashBits(bytes, size, m_value.second ^ SecondSeed);
}

void AnswerDigest::fold()
{
    if (m_size > 0)
        fold(m_buffer.data(), std::exchange(m_size, 0));
}

AnswerDigest::Value AnswerDigest::value()
{
    fold();
    return m_value;
}

void AnswerDigest::addColumns(const ClientCalls &calls, MYSQL_RES *metadata)
{
    const uint count = metadata ? calls.columnCount(metadata) : 0;
    addNumber(count);
    for (uint i = 0; i < count; ++i) {
        const MYSQL_FIELD &field = *calls.field(metadata, i);
        addBytes(field.name, field.name_length);
        addNumber(quint64(field.type) << 32 | field.flags);
        addNumber(quint64(field.decimals) << 32 | field.charsetnr);
        addNumber(field.length);
    }
}

void AnswerDigest::addRows(const ClientCalls &calls, MYSQL_RES *rows)
{
    addColumns(calls, rows);
    if (!rows)
        return;
    const uint count = calls.columnCount(rows);
    addNumber(calls.rowCount(rows));
    while (const MYSQL_ROW row = calls.fetchRow(rows)) {
        const unsigned long *const lengths = calls.fetchLengths(rows);
        for (uint i = 0; i < count; ++i) {
            if (row[i])
                addBytes(row[i], lengths[i]);
            else
                addNull();
        }
    }
    calls.seek(rows, 0);
}

} // namespace qproxysql
