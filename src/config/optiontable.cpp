// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/optiontable.h"

#include "config/optionvalue.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>

namespace qproxysql {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds LongestInterval = 24h;
constexpr std::chrono::milliseconds LongestTimeout = 1h;
constexpr int MostIdle = 1000;

bool isOneOf(const QString &value, std::initializer_list<QLatin1String> words)
{
    return std::any_of(words.begin(), words.end(), [&](QLatin1String word) {
        return value.compare(word, Qt::CaseInsensitive) == 0;
    });
}

Verdict allowedIf(bool condition)
{
    return condition ? Verdict::Allowed : Verdict::Wrong;
}

Verdict judgeSeconds(const QString &value, std::chrono::milliseconds longest)
{
    const auto seconds = readSeconds(value);
    return allowedIf(seconds && *seconds <= longest);
}

Verdict judgeInterval(const QString &value)
{
    return judgeSeconds(value, LongestInterval);
}

Verdict judgeTimeout(const QString &value)
{
    return judgeSeconds(value, LongestTimeout);
}

Verdict judgeNotEmpty(const QString &value)
{
    return allowedIf(!value.isEmpty());
}

Verdict judgePoolName(const QString &value)
{
    return allowedIf(!value.isEmpty() && value.size() <= 64
                     && std::all_of(value.cbegin(), value.cend(), [](QChar c) {
                            return c.unicode() < 128
                                   && (c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-');
                        }));
}

Verdict judgeBalance(const QString &value)
{
    return allowedIf(isOneOf(value, {QLatin1String("random"), QLatin1String("leastconn"),
                                     QLatin1String("first")}));
}

Verdict judgeZeroOrOne(const QString &value)
{
    return allowedIf(value == QLatin1String("0") || value == QLatin1String("1"));
}

Verdict judgeRetries(const QString &value)
{
    return allowedIf(isDigits(value) && value.size() <= 4 && value.toInt() <= 1000);
}

Verdict judgeAnything(const QString &)
{
    return Verdict::Allowed;
}

Verdict judgePeerDriver(const QString &value)
{
    return allowedIf(isOneOf(value, {QLatin1String("QMYSQL"), QLatin1String("QMARIADB")}));
}

Verdict judgeControl(const QString &value)
{
    if (isOneOf(value, {QLatin1String("fleet")}))
        return Verdict::NotYet;
    return allowedIf(isOneOf(value, {QLatin1String("off"), QLatin1String("local")}));
}

Verdict judgeMaxIdle(const QString &value)
{
    return allowedIf(isDigits(value) && value.size() <= 4 && value.toInt() <= MostIdle);
}

Verdict judgeIgnoredState(const QString &value)
{
    return allowedIf(readIgnoredState(value).has_value());
}

Verdict judgeCausalReads(const QString &value)
{
    return allowedIf(isOneOf(value, {QLatin1String("moves"), QLatin1String("always"),
                                     QLatin1String("off")}));
}

Verdict judgeLater(const QString &)
{
    return Verdict::NotYet;
}

// What a value may be, for translation.
constexpr const char *Names =
        QT_TRANSLATE_NOOP("QProxySql", "names of QSqlDatabase connections, separated by commas");
constexpr const char *PoolName =
        QT_TRANSLATE_NOOP("QProxySql", "a name of 1 to 64 letters, digits, '.', '_' or '-'");
constexpr const char *Path = QT_TRANSLATE_NOOP("QProxySql", "the path of a pool file");
constexpr const char *ADay =
        QT_TRANSLATE_NOOP("QProxySql",
                          "a number of seconds above 0 and at most 86400, as in 30 or 0.5");
constexpr const char *AnHour =
        QT_TRANSLATE_NOOP("QProxySql",
                          "a number of seconds above 0 and at most 3600, as in 10 or 0.5");
constexpr const char *Balances = QT_TRANSLATE_NOOP("QProxySql", "random, leastconn or first");
constexpr const char *Switch = QT_TRANSLATE_NOOP("QProxySql", "0 or 1");
constexpr const char *Retries = QT_TRANSLATE_NOOP("QProxySql", "a whole number from 0 to 1000");
constexpr const char *Sql = QT_TRANSLATE_NOOP("QProxySql",
                                              "SQL, in double quotes when it contains ';'");
constexpr const char *Drivers = QT_TRANSLATE_NOOP("QProxySql", "QMYSQL or QMARIADB");
constexpr const char *Controls = QT_TRANSLATE_NOOP("QProxySql", "off or local");
constexpr const char *State =
        QT_TRANSLATE_NOOP("QProxySql",
                          "a list, separated by commas, of user_variables, temporary_tables, "
                          "handlers, sql_prepared, session_variables, one_shot_variables, charset, "
                          "schema, isolation, roles, stored_procedure, stored_function, unknown");
constexpr const char *Causalities = QT_TRANSLATE_NOOP("QProxySql", "moves, always or off");
constexpr const char *AThousand = QT_TRANSLATE_NOOP("QProxySql", "a whole number from 0 to 1000");

constexpr auto InPool = OptionScope::Pool;
constexpr auto InConnection = OptionScope::Connection;

// clang-format off
constexpr std::array Table{
    //         option                  name               default   allowed   scope         in file available judge
    OptionInfo{Option::Peers,          "PEERS",           nullptr,  Names,    InPool,       false,  true,     judgeNotEmpty},
    OptionInfo{Option::Pool,           "POOL",            nullptr,  PoolName, InPool,       false,  true,     judgePoolName},
    OptionInfo{Option::PoolFile,       "POOL_FILE",       nullptr,  Path,     InPool,       false,  true,     judgeNotEmpty},
    OptionInfo{Option::CheckInterval,  "CHECK_INTERVAL",  "30",     ADay,     InPool,       true,   true,     judgeInterval},
    OptionInfo{Option::ConnectTimeout, "CONNECT_TIMEOUT", "3",      AnHour,   InPool,       true,   true,     judgeTimeout},
    OptionInfo{Option::OpenDeadline,   "OPEN_DEADLINE",   "10",     AnHour,   InConnection, false,  true,     judgeTimeout},
    OptionInfo{Option::Balance,        "BALANCE",         "random", Balances, InPool,       true,   true,     judgeBalance},
    OptionInfo{Option::RetryReads,     "RETRY_READS",     "1",      Switch,   InConnection, false,  true,     judgeZeroOrOne},
    OptionInfo{Option::RetryConflicts, "RETRY_CONFLICTS", "20",     Retries,  InConnection, false,  true,     judgeRetries},
    OptionInfo{Option::InitSql,        "INIT_SQL",        nullptr,  Sql,      InConnection, false,  true,     judgeAnything},
    OptionInfo{Option::CheckSql,       "CHECK_SQL",       nullptr,  Sql,      InPool,       true,   true,     judgeAnything},
    OptionInfo{Option::PeerDriver,     "PEER_DRIVER",     "QMYSQL", Drivers,  InPool,       true,   true,     judgePeerDriver},
    OptionInfo{Option::Control,        "CONTROL",         "local",  Controls, InPool,       true,   true,     judgeControl},
    OptionInfo{Option::MaxIdle,        "MAX_IDLE",        "2",      AThousand, InPool,      true,   true,     judgeMaxIdle},
    OptionInfo{Option::IdleTimeout,    "IDLE_TIMEOUT",    "60",     ADay,     InPool,       true,   true,     judgeInterval},
    OptionInfo{Option::CausalReads,    "CAUSAL_READS",    "moves",  Causalities, InConnection, false, true,   judgeCausalReads},
    OptionInfo{Option::IgnoreState,    "IGNORE_STATE",    nullptr,  State,    InConnection, false,  true,     judgeIgnoredState},
    OptionInfo{Option::ControlSchema,  "CONTROL_SCHEMA",  nullptr,  nullptr,  InPool,       true,   false,    judgeLater},
};
// clang-format on

bool isSql(Option option)
{
    return option == Option::InitSql || option == Option::CheckSql;
}

} // namespace

std::span<const OptionInfo> optionTable()
{
    return Table;
}

const OptionInfo &optionInfo(Option option)
{
    return *std::find_if(Table.begin(), Table.end(),
                         [&](const OptionInfo &info) { return info.option == option; });
}

const OptionInfo *findOption(QStringView name)
{
    for (const OptionInfo &info : Table) {
        if (name.compare(QLatin1String(info.name), Qt::CaseInsensitive) == 0)
            return &info;
    }
    return nullptr;
}

QString optionError(const OptionInfo &info, const QString &value)
{
    const auto verdict = info.judge(value);
    if (verdict == Verdict::Allowed)
        return {};
    const QString option = isSql(info.option) ? QString::fromLatin1(info.name)
                                              : QLatin1String(info.name) + u'=' + value;
    if (!info.isAvailable)
        return QCoreApplication::translate("QProxySql",
                                           "%1 is not available in this version of QPROXYSQL; "
                                           "allowed is to leave %2 out")
                .arg(option, QLatin1String(info.name));
    const QString allowed = QCoreApplication::translate("QProxySql", info.allowed);
    if (verdict == Verdict::NotYet)
        return QCoreApplication::translate(
                       "QProxySql",
                       "%1 is not available in this version of QPROXYSQL; allowed is %2")
                .arg(option, allowed);
    return QCoreApplication::translate("QProxySql", "%1 is not allowed; allowed is %2")
            .arg(option, allowed);
}

} // namespace qproxysql
