// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/parameters.h"

#include <QtCore/QDateTime>
#include <QtCore/QHashFunctions>
#include <QtCore/QUuid>

#include <cstring>

namespace qproxysql {

namespace {

template<typename T>
const T &valueIn(const QVariant &value)
{
    return *static_cast<const T *>(value.constData());
}

// QtSql's rule for drivers: the texts of an invalid time or moment would be empty.
bool isNull(const QVariant &value)
{
    if (value.isNull())
        return true;
    switch (value.typeId()) {
    case QMetaType::QString:
        return valueIn<QString>(value).isNull();
    case QMetaType::QByteArray:
        return valueIn<QByteArray>(value).isNull();
    case QMetaType::QDate:
        return valueIn<QDate>(value).isNull();
    case QMetaType::QTime:
        return !valueIn<QTime>(value).isValid();
    case QMetaType::QDateTime:
        return !valueIn<QDateTime>(value).isValid();
    case QMetaType::QUuid:
        return valueIn<QUuid>(value).isNull();
    default:
        return false;
    }
}

void setDate(QDate date, MYSQL_TIME *to)
{
    to->year = uint(date.year());
    to->month = uint(date.month());
    to->day = uint(date.day());
}

void setTime(QTime time, MYSQL_TIME *to)
{
    to->hour = uint(time.hour());
    to->minute = uint(time.minute());
    to->second = uint(time.second());
    to->second_part = ulong(time.msec() * 1000);
}

// The client library only reads it.
void *bytesOf(const void *data)
{
    return const_cast<void *>(data);
}

} // namespace

MYSQL_BIND *Parameters::bind(const QVariantList &values)
{
    forgetValues();
    std::memset(m_binds.data(), 0, m_binds.size() * sizeof(MYSQL_BIND));
    m_types = 0;
    for (size_t i = 0; i < m_binds.size(); ++i) {
        const QVariant &value = values[qsizetype(i)];
        m_nulls[i] = isNull(value);
        m_binds[i].is_null = &m_nulls[i];
        bindOne(value, &m_binds[i]);
        m_types = qHashMulti(m_types, int(m_binds[i].buffer_type), bool(m_binds[i].is_unsigned),
                             bool(m_nulls[i]));
    }
    return m_binds.data();
}

void Parameters::bindOne(const QVariant &value, MYSQL_BIND *bind)
{
    const auto setNumber = [&](enum_field_types type, size_t size, bool isUnsigned) {
        bind->buffer_type = type;
        bind->buffer = bytesOf(value.constData());
        bind->buffer_length = ulong(size);
        bind->is_unsigned = isUnsigned;
    };
    switch (value.userType()) {
    case QMetaType::QByteArray: {
        const auto &bytes = valueIn<QByteArray>(value);
        bind->buffer_type = MYSQL_TYPE_BLOB;
        bind->buffer = bytesOf(bytes.constData());
        bind->buffer_length = ulong(bytes.size());
        return;
    }
    case QMetaType::QTime:
    case QMetaType::QDate:
    case QMetaType::QDateTime:
        return bindTime(value, bind);
    case QMetaType::Int:
        return setNumber(MYSQL_TYPE_LONG, sizeof(int), false);
    case QMetaType::UInt:
        return setNumber(MYSQL_TYPE_LONG, sizeof(uint), true);
    case QMetaType::Bool:
        return setNumber(MYSQL_TYPE_TINY, sizeof(bool), false);
    case QMetaType::Double:
        return setNumber(MYSQL_TYPE_DOUBLE, sizeof(double), false);
    case QMetaType::LongLong:
        return setNumber(MYSQL_TYPE_LONGLONG, sizeof(qint64), false);
    case QMetaType::ULongLong:
        return setNumber(MYSQL_TYPE_LONGLONG, sizeof(quint64), true);
    default:
        return bindText(value, bind);
    }
}

void Parameters::bindTime(const QVariant &value, MYSQL_BIND *bind)
{
    TimeBuffer &buffer = m_times.emplace_back();
    std::memset(&buffer, 0, sizeof(buffer));
    MYSQL_TIME &time = buffer.time;
    switch (value.userType()) {
    case QMetaType::QTime:
        setTime(value.toTime(), &time);
        bind->buffer_type = MYSQL_TYPE_TIME;
        time.time_type = MYSQL_TIMESTAMP_TIME;
        break;
    case QMetaType::QDate:
        setDate(value.toDate(), &time);
        bind->buffer_type = MYSQL_TYPE_DATE;
        time.time_type = MYSQL_TIMESTAMP_DATE;
        break;
    default: {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        const QDateTime moment = value.toDateTime().toUTC();
        setDate(moment.date(), &time);
        setTime(moment.time(), &time);
#else
        setDate(value.toDate(), &time);
        setTime(value.toTime(), &time);
#endif
        bind->buffer_type = MYSQL_TYPE_DATETIME;
        time.time_type = MYSQL_TIMESTAMP_DATETIME;
        break;
    }
    }
    bind->buffer = &buffer;
    bind->buffer_length = sizeof(MYSQL_TIME);
}

void Parameters::bindText(const QVariant &value, MYSQL_BIND *bind)
{
    const QByteArray &text = m_texts.emplace_back(value.toString().toUtf8());
    bind->buffer_type = MYSQL_TYPE_STRING;
    bind->buffer = bytesOf(text.constData());
    bind->buffer_length = ulong(text.size());
}

} // namespace qproxysql
