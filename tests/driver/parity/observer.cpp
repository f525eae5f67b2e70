// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/observer.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QMap>
#include <QtCore/QRegularExpression>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

namespace qproxysql::parity {

namespace {

QString bytesText(const QByteArray &value)
{
    if (value.size() <= 64)
        return QString::fromLatin1(value.toHex());
    return QStringLiteral("%1 bytes %2")
            .arg(value.size())
            .arg(QLatin1String(QCryptographicHash::hash(value, QCryptographicHash::Md5).toHex()));
}

// Everything that a terminal would not show, or show as something else.
QString escaped(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        if (c.isPrint() && c != u'\\' && c != u'\'')
            result += c;
        else
            result += QStringLiteral("\\u%1").arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
    }
    return result.size() <= 300 ? result : bytesText(result.toUtf8());
}

QString dateTimeText(const QDateTime &value)
{
    return QStringLiteral("%1/%2 offset %3 zone %4%5")
            .arg(value.toString(Qt::ISODateWithMs))
            .arg(int(value.timeSpec()))
            .arg(value.offsetFromUtc())
            .arg(value.timeZoneAbbreviation(),
                 value.isValid() ? QString() : QStringLiteral(" invalid"));
}

QString restOf(const QSqlField &field)
{
    QString text = QStringLiteral("valid %1 null %2 read-only %3")
                           .arg(field.isValid())
                           .arg(field.isNull())
                           .arg(field.isReadOnly());
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0) // QMYSQL sets it no more
    text += QStringLiteral(" sql type %1").arg(field.typeID());
#endif
    return text;
}

QString contentText(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        return bytesText(bytes) + (bytes.isNull() ? QLatin1String(" nil") : QLatin1String());
    }
    case QMetaType::QString: {
        const QString text = value.toString();
        return escaped(text) + (text.isNull() ? QLatin1String(" nil") : QLatin1String());
    }
    case QMetaType::Double:
    case QMetaType::Float: {
        const double number = value.toDouble();
        return QString::number(number, 'g', 17);
    }
    case QMetaType::QDateTime:
        return dateTimeText(value.toDateTime());
    case QMetaType::QDate:
        return value.toDate().toString(Qt::ISODate)
               + (value.toDate().isValid() ? QLatin1String() : QLatin1String(" invalid"));
    case QMetaType::QTime:
        return value.toTime().toString(Qt::ISODateWithMs)
               + (value.toTime().isValid() ? QLatin1String() : QLatin1String(" invalid"));
    case QMetaType::QStringList:
        return escaped(value.toStringList().join(QLatin1Char('|')));
    default:
        return escaped(value.toString());
    }
}

// Two connections differ in their numbers at the server.
QString withoutIds(QString text)
{
    static const QRegularExpression id(QStringLiteral("\\b(connection|thread)( id)?:? \\d+"),
                                       QRegularExpression::CaseInsensitiveOption);
    return text.replace(id, QStringLiteral("\\1 N"));
}

} // namespace

QString Observer::textOf(const QVariant &value)
{
    return QStringLiteral("%1%2 '%3'")
            .arg(QLatin1String(value.typeName()),
                 value.isNull() ? QStringLiteral(" null") : QString(), contentText(value));
}

QString Observer::textOf(const QSqlError &error)
{
    return QStringLiteral("type %1 code '%2' driver '%3' database '%4'")
            .arg(error.type())
            .arg(error.nativeErrorCode(), error.driverText(), withoutIds(error.databaseText()));
}

void Observer::note(const QString &what, const QVariant &value)
{
    m_lines.append(what + QLatin1String(": ") + textOf(value));
}

void Observer::noteError(const QString &what, const QSqlError &error)
{
    m_lines.append(what + QLatin1String(": error ") + textOf(error));
}

void Observer::note(const QString &what, const QSqlRecord &record)
{
    note(what + QLatin1String(" count"), record.count());
    for (int i = 0; i < record.count(); ++i) {
        const QSqlField field = record.field(i);
        m_lines.append(
                QStringLiteral("%1[%2]: %3.%4 %5 required %6 length %7 precision %8 auto %9 "
                               "generated %10 default %11 value %12 %13")
                        .arg(what)
                        .arg(i)
                        .arg(field.tableName(), field.name(), QLatin1String(field.metaType().name()))
                        .arg(field.requiredStatus())
                        .arg(field.length())
                        .arg(field.precision())
                        .arg(field.isAutoValue())
                        .arg(field.isGenerated())
                        .arg(textOf(field.defaultValue()), textOf(field.value()), restOf(field)));
    }
}

void Observer::stateAfterClose(const QString &what, const QSqlQuery &query)
{
    m_lines.append(
            QStringLiteral("%1: at %2 active %3 valid %4 select %5 forward %6 size %7 rows %8 "
                           "policy %9")
                    .arg(what)
                    .arg(query.at())
                    .arg(query.isActive())
                    .arg(query.isValid())
                    .arg(query.isSelect())
                    .arg(query.isForwardOnly())
                    .arg(query.size())
                    .arg(query.numRowsAffected())
                    .arg(query.numericalPrecisionPolicy()));
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    note(what + QLatin1String(" positional"), query.isPositionalBindingEnabled());
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    note(what + QLatin1String(" names"), query.boundValueNames());
#endif
    note(what + QLatin1String(" lastQuery"), query.lastQuery());
    note(what + QLatin1String(" executedQuery"), query.executedQuery());
    noteError(what + QLatin1String(" lastError"), query.lastError());
    int i = 0;
    const QVariantList values = query.boundValues();
    for (const QVariant &value : values)
        note(QStringLiteral("%1 bound %2").arg(what).arg(i++), value);
}

void Observer::state(const QString &what, const QSqlQuery &query)
{
    stateAfterClose(what, query);
    note(what + QLatin1String(" lastInsertId"), query.lastInsertId());
    note(what + QLatin1String(" handle"), QLatin1String(query.result()->handle().typeName()));
}

void Observer::row(const QString &what, const QSqlQuery &query, int columns)
{
    QString line = QStringLiteral("%1 row %2:").arg(what).arg(query.at());
    for (int i = 0; i < columns; ++i)
        line += QLatin1Char(' ') + textOf(query.value(i))
                + (query.isNull(i) ? QLatin1String(" isNull") : QLatin1String(""));
    m_lines.append(line);
}

void Observer::rows(const QString &what, QSqlQuery &query)
{
    state(what, query);
    note(what + QLatin1String(" record"), query.record());
    const int columns = query.record().count();
    bool isFirst = true;
    while (query.next()) {
        row(what, query, columns);
        if (std::exchange(isFirst, false))
            note(what + QLatin1String(" record at row"), query.record());
    }
    state(what + QLatin1String(" end"), query);
}

void Observer::model(const QString &what, const QAbstractItemModel &model)
{
    note(what + QLatin1String(" rows"), model.rowCount());
    note(what + QLatin1String(" columns"), model.columnCount());
    for (int column = 0; column < model.columnCount(); ++column)
        note(QStringLiteral("%1 header %2").arg(what).arg(column),
             model.headerData(column, Qt::Horizontal));
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            note(QStringLiteral("%1 %2,%3").arg(what).arg(row).arg(column),
                 model.data(model.index(row, column)));
    }
}

void Observer::exec(const QString &what, QSqlQuery &query, const QString &sql)
{
    note(what + QLatin1String(" exec"), query.exec(sql));
    rows(what, query);
}

void Observer::exec(const QString &what, QSqlQuery &query)
{
    note(what + QLatin1String(" exec"), query.exec());
    rows(what, query);
}

} // namespace qproxysql::parity
