// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

#include <array>
#include <cstring>
#include <mysql.h>

namespace qproxysql {

struct ClientCalls;

/// A checksum of all that an application can learn from one answer of a server: metadata, rows, NULLs,
/// numbers, errors. Two answers with one checksum are taken for equal; the checksum is no protection against
/// somebody who wants two answers to have the same. Values are comparable within one process only.
class AnswerDigest
{
public:
    struct Value
    {
        size_t first = 0;
        size_t second = 0;
        bool operator==(const Value &) const = default;
    };

    void clear()
    {
        m_size = 0;
        m_value = {};
    }
    void addNumber(quint64 number) { append(&number, sizeof(number)); }
    void addNull() { addNumber(~quint64(0)); }
    /// The length is added, too, so that ("ab", "c") differs from ("a", "bc").
    void addBytes(const char *bytes, size_t size)
    {
        addNumber(size);
        append(bytes, size);
    }
    void addColumns(const ClientCalls &calls, MYSQL_RES *metadata);
    /// Columns and all rows; afterwards the first row is the next one.
    void addRows(const ClientCalls &calls, MYSQL_RES *rows);

    Value value();

private:
    void append(const void *bytes, size_t size)
    {
        if (Q_UNLIKELY(size > m_buffer.size() - m_size)) {
            fold();
            if (size > m_buffer.size()) {
                fold(bytes, size);
                return;
            }
        }
        std::memcpy(m_buffer.data() + m_size, bytes, size);
        m_size += size;
    }
    void fold();
    void fold(const void *bytes, size_t size);

    std::array<char, 1024> m_buffer;
    size_t m_size = 0;
    Value m_value;
};

} // namespace qproxysql
