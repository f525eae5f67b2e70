// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QVariantList>

#include <deque>
#include <memory>
#include <mysql.h>
#include <vector>

namespace qproxysql {

/// The type of a flag in MYSQL_BIND: char in libmariadb, bool in libmysqlclient.
using ClientFlag = std::remove_pointer_t<decltype(MYSQL_BIND::is_null)>;

/// MYSQL_TIME of MySQL 8.0.19 and later is larger than that of the headers this may be built with.
union TimeBuffer {
    MYSQL_TIME time;
    char largest[64];
};

/// Bound values as the client library sends them, by QMYSQL's rules. The values must outlive the
/// execution.
class Parameters
{
public:
    explicit Parameters(ulong count)
        : m_binds(count)
        , m_nulls(std::make_unique<ClientFlag[]>(count))
    {
    }

    MYSQL_BIND *bind(const QVariantList &values);
    /// A hash of the types that were bound last: the server gives "SELECT ?" the type of its value.
    size_t types() const { return m_types; }
    void forgetValues()
    {
        m_texts.clear();
        m_times.clear();
    }

private:
    void bindOne(const QVariant &value, MYSQL_BIND *bind);
    void bindTime(const QVariant &value, MYSQL_BIND *bind);
    void bindText(const QVariant &value, MYSQL_BIND *bind);

    std::vector<MYSQL_BIND> m_binds;
    const std::unique_ptr<ClientFlag[]> m_nulls; ///< no std::vector, which stores bools as bits
    size_t m_types = 0;
    // Their elements stay where they are.
    std::deque<QByteArray> m_texts;
    std::deque<TimeBuffer> m_times;
};

} // namespace qproxysql
