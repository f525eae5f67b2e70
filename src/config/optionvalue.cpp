// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/optionvalue.h"

#include <algorithm>
#include <cmath>

namespace qproxysql {

namespace {

using namespace std::chrono_literals;

bool isWord(const QString &value, const char *word)
{
    return value.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
}

QString secondsText(std::chrono::milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0, 'g', 12);
}

} // namespace

bool isDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c >= u'0' && c <= u'9';
    });
}

std::optional<std::chrono::milliseconds> readSeconds(const QString &value)
{
    const qsizetype dot = value.indexOf(u'.');
    const QStringView view(value);
    const bool isNumber = dot < 0 ? isDigits(view)
                                  : isDigits(view.first(dot)) && isDigits(view.sliced(dot + 1));
    if (!isNumber)
        return {};
    const double seconds = value.toDouble();
    if (seconds > 1e9)
        return {};
    const std::chrono::milliseconds time(std::llround(seconds * 1000.0));
    if (time <= 0ms)
        return {};
    return time;
}

std::optional<QStringList> readIgnoredState(const QString &value)
{
    static constexpr const char *Ignorable[] = {"user_variables",
                                                "temporary_tables",
                                                "handlers",
                                                "sql_prepared",
                                                "session_variables",
                                                "one_shot_variables",
                                                "charset",
                                                "schema",
                                                "isolation",
                                                "roles",
                                                "stored_procedure",
                                                "stored_function",
                                                "unknown"};
    QStringList names;
    for (const QString &part : value.split(u',')) {
        const QString name = part.trimmed().toLower();
        const bool isAllowed = std::ranges::any_of(Ignorable, [&name](const char *ignorable) {
            return name == QLatin1String(ignorable);
        });
        if (!isAllowed)
            return std::nullopt;
        if (!names.contains(name))
            names += name;
    }
    return names;
}

bool isSchemaName(QStringView value)
{
    return !value.isEmpty() && value.size() <= 64 && std::ranges::all_of(value, [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_');
    });
}

bool isSameValue(Option option, const QString &a, const QString &b)
{
    switch (option) {
    case Option::CheckInterval:
    case Option::ConnectTimeout:
    case Option::OpenDeadline:
    case Option::IdleTimeout:
    case Option::MaxLifetime:
        return readSeconds(a) == readSeconds(b);
    case Option::Balance:
    case Option::PeerDriver:
    case Option::Control:
        return a.compare(b, Qt::CaseInsensitive) == 0;
    default:
        return a == b;
    }
}

void applyToPolicy(Option option, const QString &value, PoolPolicy *policy)
{
    switch (option) {
    case Option::CheckInterval:
        policy->checkInterval = readSeconds(value).value_or(policy->checkInterval);
        break;
    case Option::ConnectTimeout:
        policy->connectTimeout = readSeconds(value).value_or(policy->connectTimeout);
        break;
    case Option::Balance:
        if (isWord(value, "first"))
            policy->balance = Balance::First;
        else if (isWord(value, "leastconn"))
            policy->balance = Balance::LeastConn;
        else
            policy->balance = Balance::Random;
        break;
    case Option::CheckSql:
        policy->checkSql = value;
        break;
    case Option::PeerDriver:
        policy->peerDriver = value.toUpper();
        break;
    case Option::Control:
        policy->control = isWord(value, "off")     ? Control::Off
                          : isWord(value, "fleet") ? Control::Fleet
                                                   : Control::Local;
        break;
    case Option::ControlSchema:
        policy->controlSchema = value;
        break;
    case Option::MaxIdle:
        policy->maxIdle = value.toInt();
        break;
    case Option::IdleTimeout:
        policy->idleTimeout = readSeconds(value).value_or(policy->idleTimeout);
        break;
    case Option::MaxLifetime:
        policy->maxLifetime = readSeconds(value).value_or(0ms);
        break;
    default:
        break;
    }
}

QString policyText(Option option, const PoolPolicy &policy)
{
    switch (option) {
    case Option::CheckInterval:
        return secondsText(policy.checkInterval);
    case Option::ConnectTimeout:
        return secondsText(policy.connectTimeout);
    case Option::Balance:
        switch (policy.balance) {
        case Balance::Random:
            return QStringLiteral("random");
        case Balance::LeastConn:
            return QStringLiteral("leastconn");
        case Balance::First:
            return QStringLiteral("first");
        }
        return {};
    case Option::CheckSql:
        return policy.checkSql;
    case Option::PeerDriver:
        return policy.peerDriver;
    case Option::Control:
        switch (policy.control) {
        case Control::Off:
            return QStringLiteral("off");
        case Control::Local:
            return QStringLiteral("local");
        case Control::Fleet:
            return QStringLiteral("fleet");
        }
        return {};
    case Option::ControlSchema:
        return policy.controlSchema;
    case Option::MaxIdle:
        return QString::number(policy.maxIdle);
    case Option::IdleTimeout:
        return secondsText(policy.idleTimeout);
    case Option::MaxLifetime:
        return secondsText(policy.maxLifetime);
    default:
        return {};
    }
}

} // namespace qproxysql
