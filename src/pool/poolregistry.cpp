// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/poolregistry.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <atomic>

namespace qproxysql {

namespace {

struct Entry
{
    std::shared_ptr<PeerPool> pool; ///< kept for the process: health outlives the connections
    std::shared_ptr<std::atomic<int>> uses = std::make_shared<std::atomic<int>>(0);

    /// A pointer with a count of its own. Taken under the registry's mutex, given back without: a
    /// last user that leaves meanwhile only makes the pool free a moment later.
    std::shared_ptr<PeerPool> use() const
    {
        uses->fetch_add(1);
        return {pool.get(), [uses = uses, pool = pool](PeerPool *) { uses->fetch_sub(1); }};
    }
};

} // namespace

struct PoolRegistry::State
{
    mutable std::mutex mutex;
    QHash<QString, Entry> pools;
};

PoolRegistry::PoolRegistry()
    : m_state(new State)
{
}

PoolRegistry &PoolRegistry::instance()
{
    static auto *registry = new PoolRegistry;
    return *registry;
}

std::shared_ptr<PeerPool> PoolRegistry::acquire(const PoolDefinition &definition, QString *error)
{
    const std::lock_guard lock(m_state->mutex);
    auto it = m_state->pools.find(definition.name);
    if (it == m_state->pools.end()) {
        Entry entry;
        entry.pool = std::make_shared<PeerPool>(definition, Clock::steady(), RandomSource::system());
        it = m_state->pools.insert(definition.name, entry);
        return it->use();
    }

    const PoolDefinition known = it->pool->definition();
    if (!known.isSamePool(definition)) {
        // Of two readings of one pool file the newer one holds, whoever comes with it.
        if (it->uses->load() > 0 && !definition.isEditOf(known)) {
            if (error) {
                *error = QCoreApplication::translate(
                                 "QProxySql",
                                 "Pool \"%1\" is in use with other peers or options: %2")
                                 .arg(definition.name, known.differenceFrom(definition));
            }
            return nullptr;
        }
        it->pool->redefine(definition);
    }
    return it->use();
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
    const std::lock_guard lock(m_state->mutex);
    QList<std::shared_ptr<PeerPool>> result;
    for (const Entry &entry : std::as_const(m_state->pools))
        result.append(entry.pool);
    return result;
}

} // namespace qproxysql
