// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/observer.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QMap>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

namespace qproxysql::parity {

namespace {

QString dateTimeText(const QDateTime &value)
{
    return value.toString(Qt::ISODateWithMs) + QLatin1Char('/')
           + QString::number(int(value.timeSpec()));
}

QString bytesText(const QByteArray &value)
{
    if (value.size() <= 64)
        return QString::fromLatin1(value.toHex());
    return QStringLiteral("%1 bytes %2")
            .arg(value.size())
            .arg(QLatin1String(QCryptographicHash::hash(value, QCryptographicHash::Md5).toHex()));
}

} // namespace

QString Observer::textOf(const QVariant &value)
{
    QString text;
    switch (value.metaType().id()) {
    case QMetaType::QByteArray:
        text = bytesText(value.toByteArray());
        break;
    case QMetaType::Double:
    case QMetaType::Float:
        text = QString::number(value.toDouble(), 'g', 17);
        break;
    case QMetaType::QDateTime:
        text = dateTimeText(value.toDateTime());
        break;
    case QMetaType::QTime:
        text = value.toTime().toString(Qt::ISODateWithMs);
        break;
    case QMetaType::QStringList:
        text = value.toStringList().join(QLatin1Char('|'));
        break;
    default:
        text = value.toString();
    }
    if (text.size() > 300)
        text = bytesText(text.toUtf8());
    return QStringLiteral("%1%2 '%3'")
            .arg(QLatin1String(value.typeName()),
                 value.isNull() ? QStringLiteral(" null") : QString(), text);
}

QString Observer::textOf(const QSqlError &error)
{
    return QStringLiteral("type %1 code '%2' driver '%3' database '%4'")
            .arg(error.type())
            .arg(error.nativeErrorCode(), error.driverText(), error.databaseText());
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
        m_lines.append(QStringLiteral("%1[%2]: %3.%4 %5 required %6 length %7 precision %8 auto %9 "
                                      "generated %10 default %11 value %12")
                               .arg(what)
                               .arg(i)
                               .arg(field.tableName(), field.name(),
                                    QLatin1String(field.metaType().name()))
                               .arg(field.requiredStatus())
                               .arg(field.length())
                               .arg(field.precision())
                               .arg(field.isAutoValue())
                               .arg(field.isGenerated())
                               .arg(textOf(field.defaultValue()), textOf(field.value())));
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

void Observer::rows(const QString &what, QSqlQuery &query)
{
    state(what, query);
    note(what + QLatin1String(" record"), query.record());
    const int columns = query.record().count();
    while (query.next()) {
        QString line = QStringLiteral("%1 row %2:").arg(what).arg(query.at());
        for (int i = 0; i < columns; ++i)
            line += QLatin1Char(' ') + textOf(query.value(i))
                    + (query.isNull(i) ? QLatin1String(" isNull") : QLatin1String(""));
        m_lines.append(line);
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
