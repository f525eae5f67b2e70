// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/optiontable.h"

#include "config/connectionconfig.h"
#include "config/coretexts.h"
#include "config/optionformats.h"

#include <algorithm>
#include <array>

namespace qproxysql {

namespace {

template<typename Format>
QString allowed()
{
    const QString text = CoreTexts::tr(Format::Allowed);
    if constexpr (requires { Format::names(); })
        return text.arg(Format::names());
    else
        return text;
}

template<typename Format>
bool isAllowed(const QString &value)
{
    return Format::read(value).has_value();
}

template<typename Format>
bool isSame(const QString &a, const QString &b)
{
    return Format::read(a) == Format::read(b);
}

template<typename Format, auto Member, typename Owner>
void set(const QString &value, Owner *owner)
{
    if (const auto read = Format::read(value))
        owner->*Member = *read;
}

template<typename Format, auto Member, typename Owner>
QString text(const Owner &owner)
{
    return Format::write(owner.*Member);
}

/// A row without member, for options that name peers.
template<typename Format>
constexpr OptionInfo row(Option option, const char *name)
{
    return {option, name, &allowed<Format>, Format::IsSql, &isAllowed<Format>, &isSame<Format>,
            {},     {}};
}

template<typename Format, auto Member>
constexpr OptionInfo row(Option option, const char *name)
{
    OptionInfo info = row<Format>(option, name);
    if constexpr (requires(PoolPolicy policy) { policy.*Member; })
        info.policy = {&set<Format, Member, PoolPolicy>, &text<Format, Member, PoolPolicy>};
    else
        info.connection = {&set<Format, Member, ConnectionConfig>,
                           &text<Format, Member, ConnectionConfig>};
    return info;
}

using Policy = PoolPolicy;
using Config = ConnectionConfig;

constexpr std::array Table{
        row<ConnectionNames>(Option::Peers, "PEERS"),
        row<PoolName>(Option::Pool, "POOL"),
        row<FilePath>(Option::PoolFile, "POOL_FILE"),
        row<UpToADay, &Policy::checkInterval>(Option::CheckInterval, "CHECK_INTERVAL"),
        row<UpToAnHour, &Policy::connectTimeout>(Option::ConnectTimeout, "CONNECT_TIMEOUT"),
        row<UpToAnHour, &Config::openDeadline>(Option::OpenDeadline, "OPEN_DEADLINE"),
        row<BalanceWord, &Policy::balance>(Option::Balance, "BALANCE"),
        row<Switch, &Config::retryReads>(Option::RetryReads, "RETRY_READS"),
        row<UpTo1000, &Config::retryConflicts>(Option::RetryConflicts, "RETRY_CONFLICTS"),
        row<Sql, &Config::initSql>(Option::InitSql, "INIT_SQL"),
        row<Sql, &Policy::checkSql>(Option::CheckSql, "CHECK_SQL"),
        row<DriverName, &Policy::peerDriver>(Option::PeerDriver, "PEER_DRIVER"),
        row<ControlWord, &Policy::control>(Option::Control, "CONTROL"),
        row<UpTo1000, &Policy::maxIdle>(Option::MaxIdle, "MAX_IDLE"),
        row<UpToADay, &Policy::idleTimeout>(Option::IdleTimeout, "IDLE_TIMEOUT"),
        row<UpToADayOrZero, &Policy::maxLifetime>(Option::MaxLifetime, "MAX_LIFETIME"),
        row<IgnorableState, &Config::ignoreState>(Option::IgnoreState, "IGNORE_STATE"),
        row<CausalReadsWord, &Config::causalReads>(Option::CausalReads, "CAUSAL_READS"),
        row<SchemaName, &Policy::controlSchema>(Option::ControlSchema, "CONTROL_SCHEMA"),
        row<UpTo1000, &Policy::statementCache>(Option::StatementCache, "STATEMENT_CACHE"),
        row<Switch, &Config::retryTransactions>(Option::RetryTransactions, "RETRY_TRANSACTIONS"),
        row<UpToAGibibyte, &Config::replayLimit>(Option::ReplayLimit, "REPLAY_LIMIT"),
        row<ExactlyOnceWord, &Config::exactlyOnce>(Option::ExactlyOnce, "EXACTLY_ONCE"),
};

} // namespace

QString OptionInfo::defaultText() const
{
    return policy ? policy.text({}) : connection ? connection.text({}) : QString();
}

Expected<void> OptionInfo::check(const QString &value) const
{
    if (isAllowed(value))
        return {};
    const QString given = isSql ? QString::fromLatin1(name) : QLatin1String(name) + u'=' + value;
    return Unexpected(CoreTexts::tr("%1 is not allowed; allowed is %2").arg(given, allowed()));
}

std::span<const OptionInfo> optionTable()
{
    return Table;
}

const OptionInfo &optionInfo(Option option)
{
    return *std::ranges::find(Table, option, &OptionInfo::option);
}

const OptionInfo *findOption(QStringView name)
{
    for (const OptionInfo &info : Table) {
        if (name.compare(QLatin1String(info.name), Qt::CaseInsensitive) == 0)
            return &info;
    }
    return nullptr;
}

} // namespace qproxysql
