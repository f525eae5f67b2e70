// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/poolregistry.h"

#include "config/coretexts.h"

#include <QtCore/QHash>

#include <algorithm>
#include <atomic>

namespace qproxysql {

namespace {

struct Entry
{
    std::shared_ptr<PeerPool> pool; ///< never destroyed, so that health outlives the connections
    std::shared_ptr<std::atomic<int>> uses = std::make_shared<std::atomic<int>>(0);

    /// A pointer that counts uses. Its deleter decrements the count without the registry's mutex,
    /// so that a pool may seem in use for a moment after its last user has left.
    std::shared_ptr<PeerPool> use() const
    {
        uses->fetch_add(1);
        return {pool.get(), [uses = uses, pool = pool](PeerPool *) { uses->fetch_sub(1); }};
    }

    bool isLive() const { return uses->load() > 0 || pool->hasSessions(); }
};

} // namespace

struct PoolRegistry::State
{
    mutable std::mutex mutex;
    QHash<QString, Entry> pools;
    std::function<void(PeerPool &)> hook;

    Expected<std::shared_ptr<PeerPool>> use(const PoolDefinition &definition,
                                            PeerPool::ServiceChanges *changes);

    template<typename Predicate>
    QList<std::shared_ptr<PeerPool>> all(Predicate isWanted)
    {
        const std::lock_guard lock(mutex);
        QList<std::shared_ptr<PeerPool>> result;
        for (const Entry &entry : std::as_const(pools)) {
            if (std::invoke(isWanted, entry))
                result.append(entry.pool);
        }
        return result;
    }
};

Expected<std::shared_ptr<PeerPool>> PoolRegistry::State::use(const PoolDefinition &definition,
                                                             PeerPool::ServiceChanges *changes)
{
    auto it = pools.find(definition.name);
    if (it == pools.end()) {
        Entry entry;
        entry.pool = std::make_shared<PeerPool>(definition, Clock::steady(), RandomSource::system());
        it = pools.insert(definition.name, entry);
        return it->use();
    }

    const PoolDefinition known = it->pool->definition();
    if (!known.isSamePool(definition)) {
        // Accept a newer version of the same pool file even if the pool is in use.
        if (it->uses->load() > 0 && !definition.isEditOf(known))
            return Unexpected(CoreTexts::tr("Pool \"%1\" is in use with other peers or options: %2")
                                      .arg(definition.name, known.differenceFrom(definition)));
        *changes = it->pool->recordDefinition(definition);
    }
    return it->use();
}

PoolRegistry::PoolRegistry()
    : m_state(new State)
{
}

PoolRegistry &PoolRegistry::instance()
{
    static auto *registry = new PoolRegistry;
    return *registry;
}

Expected<std::shared_ptr<PeerPool>> PoolRegistry::acquire(const PoolDefinition &definition)
{
    PeerPool::ServiceChanges changes;
    std::unique_lock lock(m_state->mutex);
    const auto pool = m_state->use(definition, &changes);
    const auto hook = m_state->hook;
    lock.unlock();
    if (!pool)
        return pool;
    (*pool)->announce(changes);
    if (hook)
        hook(**pool);
    return pool;
}

void PoolRegistry::setAcquisitionHook(std::function<void(PeerPool &)> hook)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->hook = std::move(hook);
}

QList<std::shared_ptr<PeerPool>> PoolRegistry::poolsInUse() const
{
    const std::lock_guard lock(m_state->mutex);
    QList<std::shared_ptr<PeerPool>> result;
    for (const Entry &entry : std::as_const(m_state->pools)) {
        if (entry.uses->load() > 0)
            result.append(entry.use());
    }
    return result;
}

QList<std::shared_ptr<PeerPool>> PoolRegistry::pools() const
{
    return m_state->all([](const Entry &) { return true; });
}

QList<std::shared_ptr<PeerPool>> PoolRegistry::livePools() const
{
    return m_state->all(&Entry::isLive);
}

bool PoolRegistry::isAnyControlled() const
{
    const std::lock_guard lock(m_state->mutex);
    return std::any_of(m_state->pools.cbegin(), m_state->pools.cend(), [](const Entry &entry) {
        return entry.isLive() && entry.pool->policy().control != Control::Off;
    });
}

} // namespace qproxysql
