// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/carriedsettings.h"

#include "sql/sessionsettings.h"

#include <algorithm>

namespace qproxysql {

using namespace Qt::StringLiterals;

namespace {

using Kind = SessionSetting::Kind;

Kind kindOf(int setting)
{
    return sessionSettings()[size_t(setting)].kind;
}

bool isPlainText(const QString &value)
{
    return std::ranges::all_of(value, [](QChar c) {
        return c >= u' ' && c <= u'~' && c != u'\'' && c != u'"' && c != u'\\';
    });
}

bool isLevel(const QString &value)
{
    static const QStringList levels{"READ-UNCOMMITTED"_L1, "READ-COMMITTED"_L1,
                                    "REPEATABLE-READ"_L1, "SERIALIZABLE"_L1};
    return levels.contains(value, Qt::CaseInsensitive);
}

bool isRestorable(int setting, const QString &value)
{
    if (value.isNull())
        return false;
    switch (kindOf(setting)) {
    case Kind::Schema:
        return !value.isEmpty() && !value.contains(QChar(0));
    case Kind::Charset:
        return !value.isEmpty() && isPlainText(value);
    case Kind::Isolation:
        return isLevel(value);
    case Kind::Plain:
        break;
    }
    return isPlainText(value);
}

bool isTruthValue(const QString &value)
{
    return value.compare(QLatin1String("TRUE"), Qt::CaseInsensitive) == 0
           || value.compare(QLatin1String("FALSE"), Qt::CaseInsensitive) == 0;
}

QString asWritten(const QString &value)
{
    return isPlainNumber(value) || isTruthValue(value) ? value : u'\'' + value + u'\'';
}

QString useStatement(QString schema)
{
    return QLatin1String("USE `") + schema.replace(u'`', QLatin1String("``")) + u'`';
}

} // namespace

bool CarriedSettings::carry(int setting, const QString &value)
{
    if (!isRestorable(setting, value)) {
        forget(setting);
        return false;
    }
    m_values.insert(setting, value);
    return true;
}

QString CarriedSettings::schema() const
{
    return value(0); // its index
}

bool CarriedSettings::hasCharset() const
{
    const auto isCharset = [](int setting) { return kindOf(setting) == Kind::Charset; };
    return std::any_of(m_values.keyBegin(), m_values.keyEnd(), isCharset);
}

QStringList CarriedSettings::statements(std::optional<bool> autocommit) const
{
    QStringList statements;
    QStringList assignments;
    QString isolation;
    if (autocommit)
        assignments += QLatin1String("autocommit=") + (*autocommit ? u'1' : u'0');
    for (const auto &[setting, value] : m_values.asKeyValueRange()) {
        const std::string_view name = sessionSettings()[size_t(setting)].name;
        switch (kindOf(setting)) {
        case Kind::Schema:
            statements += useStatement(value);
            break;
        case Kind::Isolation: // the variable's name differs between servers, this statement does not
            isolation = QLatin1String("SET SESSION TRANSACTION ISOLATION LEVEL ")
                        + QString(value).replace(u'-', u' ');
            break;
        case Kind::Charset:
        case Kind::Plain:
            assignments += QLatin1String(name.data(), qsizetype(name.size())) + u'='
                           + asWritten(value);
            break;
        }
    }
    if (!assignments.isEmpty())
        statements += QLatin1String("SET ") + assignments.join(u',');
    if (!isolation.isEmpty())
        statements += isolation;
    return statements;
}

} // namespace qproxysql
