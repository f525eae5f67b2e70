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

bool judgeSeconds(const QString &value, std::chrono::milliseconds longest)
{
    const auto seconds = readSeconds(value);
    return seconds && *seconds <= longest;
}

bool judgeInterval(const QString &value)
{
    return judgeSeconds(value, LongestInterval);
}

bool judgeTimeout(const QString &value)
{
    return judgeSeconds(value, LongestTimeout);
}

bool judgeLifetime(const QString &value)
{
    return judgeInterval(value) || value == QLatin1String("0");
}

bool judgeNotEmpty(const QString &value)
{
    return !value.isEmpty();
}

bool judgePoolName(const QString &value)
{
    return !value.isEmpty() && value.size() <= 64
           && std::all_of(value.cbegin(), value.cend(), [](QChar c) {
                  return c.unicode() < 128
                         && (c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-');
              });
}

bool judgeBalance(const QString &value)
{
    return isOneOf(value,
                   {QLatin1String("random"), QLatin1String("leastconn"), QLatin1String("first")});
}

bool judgeZeroOrOne(const QString &value)
{
    return value == QLatin1String("0") || value == QLatin1String("1");
}

bool judgeRetries(const QString &value)
{
    return isDigits(value) && value.size() <= 4 && value.toInt() <= 1000;
}

bool judgeAnything(const QString &)
{
    return true;
}

bool judgePeerDriver(const QString &value)
{
    return isOneOf(value, {QLatin1String("QMYSQL"), QLatin1String("QMARIADB")});
}

bool judgeControl(const QString &value)
{
    return isOneOf(value, {QLatin1String("off"), QLatin1String("local"), QLatin1String("fleet")});
}

bool judgeMaxIdle(const QString &value)
{
    return isDigits(value) && value.size() <= 4 && value.toInt() <= MostIdle;
}

bool judgeIgnoredState(const QString &value)
{
    return readIgnoredState(value).has_value();
}

bool judgeCausalReads(const QString &value)
{
    return isOneOf(value, {QLatin1String("moves"), QLatin1String("always"), QLatin1String("off")});
}

bool judgeSchema(const QString &value)
{
    return isSchemaName(value);
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
constexpr const char *Lifetime = QT_TRANSLATE_NOOP(
        "QProxySql", "a number of seconds of at most 86400, as in 30 or 0.5, or 0 for no limit");
constexpr const char *Balances = QT_TRANSLATE_NOOP("QProxySql", "random, leastconn or first");
constexpr const char *Switch = QT_TRANSLATE_NOOP("QProxySql", "0 or 1");
constexpr const char *Retries = QT_TRANSLATE_NOOP("QProxySql", "a whole number from 0 to 1000");
constexpr const char *Sql = QT_TRANSLATE_NOOP("QProxySql",
                                              "SQL, in double quotes when it contains ';'");
constexpr const char *Drivers = QT_TRANSLATE_NOOP("QProxySql", "QMYSQL or QMARIADB");
constexpr const char *Controls = QT_TRANSLATE_NOOP("QProxySql", "off, local or fleet");
constexpr const char *State =
        QT_TRANSLATE_NOOP("QProxySql",
                          "a list, separated by commas, of user_variables, temporary_tables, "
                          "handlers, sql_prepared, session_variables, one_shot_variables, charset, "
                          "schema, isolation, roles, stored_procedure, stored_function, unknown");
constexpr const char *Causalities = QT_TRANSLATE_NOOP("QProxySql", "moves, always or off");
constexpr const char *Schema = QT_TRANSLATE_NOOP("QProxySql", "1 to 64 letters, digits and '_'");
constexpr const char *AThousand = QT_TRANSLATE_NOOP("QProxySql", "a whole number from 0 to 1000");

constexpr auto InPool = OptionScope::Pool;
constexpr auto InConnection = OptionScope::Connection;

// clang-format off
constexpr std::array Table{
    //         option                  name               default   allowed   scope         in file judge
    OptionInfo{Option::Peers,          "PEERS",           nullptr,  Names,    InPool,       false,  judgeNotEmpty},
    OptionInfo{Option::Pool,           "POOL",            nullptr,  PoolName, InPool,       false,  judgePoolName},
    OptionInfo{Option::PoolFile,       "POOL_FILE",       nullptr,  Path,     InPool,       false,  judgeNotEmpty},
    OptionInfo{Option::CheckInterval,  "CHECK_INTERVAL",  "30",     ADay,     InPool,       true,   judgeInterval},
    OptionInfo{Option::ConnectTimeout, "CONNECT_TIMEOUT", "3",      AnHour,   InPool,       true,   judgeTimeout},
    OptionInfo{Option::OpenDeadline,   "OPEN_DEADLINE",   "10",     AnHour,   InConnection, false,  judgeTimeout},
    OptionInfo{Option::Balance,        "BALANCE",         "random", Balances, InPool,       true,   judgeBalance},
    OptionInfo{Option::RetryReads,     "RETRY_READS",     "1",      Switch,   InConnection, false,  judgeZeroOrOne},
    OptionInfo{Option::RetryConflicts, "RETRY_CONFLICTS", "20",     Retries,  InConnection, false,  judgeRetries},
    OptionInfo{Option::InitSql,        "INIT_SQL",        nullptr,  Sql,      InConnection, false,  judgeAnything},
    OptionInfo{Option::CheckSql,       "CHECK_SQL",       nullptr,  Sql,      InPool,       true,   judgeAnything},
    OptionInfo{Option::PeerDriver,     "PEER_DRIVER",     "QMYSQL", Drivers,  InPool,       true,   judgePeerDriver},
    OptionInfo{Option::Control,        "CONTROL",         "local",  Controls, InPool,       true,   judgeControl},
    OptionInfo{Option::MaxIdle,        "MAX_IDLE",        "2",      AThousand, InPool,      true,   judgeMaxIdle},
    OptionInfo{Option::IdleTimeout,    "IDLE_TIMEOUT",    "60",     ADay,     InPool,       true,   judgeInterval},
    OptionInfo{Option::MaxLifetime,    "MAX_LIFETIME",    "60",     Lifetime, InPool,       true,   judgeLifetime},
    OptionInfo{Option::CausalReads,    "CAUSAL_READS",    "moves",  Causalities, InConnection, false, judgeCausalReads},
    OptionInfo{Option::IgnoreState,    "IGNORE_STATE",    nullptr,  State,    InConnection, false,  judgeIgnoredState},
    OptionInfo{Option::ControlSchema,  "CONTROL_SCHEMA",  "qproxysql", Schema, InPool,      true,   judgeSchema},
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
    if (info.isAllowed(value))
        return {};
    const QString option = isSql(info.option) ? QString::fromLatin1(info.name)
                                              : QLatin1String(info.name) + u'=' + value;
    return QCoreApplication::translate("QProxySql", "%1 is not allowed; allowed is %2")
            .arg(option, QCoreApplication::translate("QProxySql", info.allowed));
}

} // namespace qproxysql
