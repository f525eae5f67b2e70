// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/connectionslots.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto SlotIsFreeAfter = 500ms; ///< after COM_QUIT, at the latest

bool haveCommon(const QStringList &a, const QStringList &b)
{
    return std::ranges::any_of(a, [&b](const QString &name) { return b.contains(name); });
}

} // namespace

ConnectionSlots &ConnectionSlots::instance()
{
    static auto *const instance = new ConnectionSlots;
    return *instance;
}

void ConnectionSlots::setKeeper(Keeper keeper)
{
    const std::lock_guard lock(m_mutex);
    m_keeper = std::move(keeper);
}

void ConnectionSlots::freed(const Server &server)
{
    const std::lock_guard lock(m_mutex);
    forgetOld();
    m_freed[server.peer] = {server.identities, Clock::now()};
}

void ConnectionSlots::forgetOld()
{
    const auto now = Clock::now();
    std::erase_if(m_freed,
                  [now](const auto &item) { return now - item.second.at > SlotIsFreeAfter; });
}

bool ConnectionSlots::free(const Server &server)
{
    Keeper keeper;
    {
        const std::lock_guard lock(m_mutex);
        keeper = m_keeper;
    }
    std::vector<Server> others;
    if (keeper.servers)
        others = keeper.servers();
    const auto kept = std::ptrdiff_t(others.size());
    {
        const std::lock_guard lock(m_mutex);
        forgetOld();
        for (const auto &[peer, freed] : m_freed)
            others.push_back({peer, freed.identities});
    }
    const QStringList names = namesOf(server, others);
    const auto isMeant = [&names](const Server &other) { return names.contains(other.peer); };
    if (std::any_of(others.begin(), others.begin() + kept, isMeant))
        keeper.close(names);
    return std::ranges::any_of(others, isMeant);
}

// Only another pool may know the identities of a server with this name.
QStringList ConnectionSlots::namesOf(const Server &server, const std::vector<Server> &others) const
{
    QStringList identities = server.identities;
    for (const Server &other : others) {
        if (other.peer == server.peer)
            identities += other.identities;
    }
    QStringList names{server.peer};
    for (const Server &other : others) {
        if (haveCommon(identities, other.identities))
            names += other.peer;
    }
    return names;
}

bool ConnectionSlots::isExhausted(const ConnectFailure &failure)
{
    return failure.code == 1040 || failure.code == 1203
           || (failure.code == 1226
               && failure.text.contains(QLatin1String("max_user_connections"), Qt::CaseInsensitive));
}

} // namespace qproxysql
