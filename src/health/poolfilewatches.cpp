// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolfilewatches.h"

#include "config/poolfilewatcher.h"
#include "connect/logging.h"

#include <QtCore/QSet>

#include <algorithm>

namespace qproxysql {

PoolFileWatches::PoolFileWatches(std::function<void()> applied, QObject *parent)
    : QObject(parent)
    , m_applied(std::move(applied))
{
}

void PoolFileWatches::setPools(std::vector<std::shared_ptr<PeerPool>> pools)
{
    m_pools = std::move(pools);
    QSet<QString> wanted;
    for (const auto &pool : m_pools) {
        const PoolDefinition definition = pool->definition();
        if (definition.fromFile)
            wanted.insert(definition.filePath);
    }
    for (const QString &path : m_watchers.keys()) {
        if (!wanted.contains(path))
            delete m_watchers.take(path);
    }
    for (const QString &path : std::as_const(wanted)) {
        if (m_watchers.contains(path))
            continue;
        auto *watcher = new PoolFileWatcher(path, PoolFileWatcher::DefaultPollInterval,
                                            PoolFileWatcher::Notifications::Used, this);
        m_watchers.insert(path, watcher);
        connect(watcher, &PoolFileWatcher::changed, this,
                [this, path](const QList<PoolDefinition> &versions) { apply(path, versions); });
        watcher->start();
    }
}

void PoolFileWatches::apply(const QString &path, const QList<PoolDefinition> &fileVersions)
{
    for (const auto &pool : m_pools) {
        const PoolDefinition known = pool->definition();
        if (!known.fromFile || known.filePath != path)
            continue;
        const auto version = std::ranges::find(fileVersions, known.name, &PoolDefinition::name);
        if (version == fileVersions.end()) {
            qCWarning(lcHealth, "pool %s is no longer in %s; it keeps its last definition",
                      qUtf8Printable(known.name), qUtf8Printable(path));
            continue;
        }
        const PoolDefinition edited = known.editedTo(*version);
        if (edited.isSamePool(known))
            continue;
        qCInfo(lcHealth, "pool %s: %s was edited: %s", qUtf8Printable(known.name),
               qUtf8Printable(path), qUtf8Printable(known.differenceFrom(edited)));
        pool->redefine(edited);
        m_applied();
    }
}

} // namespace qproxysql
