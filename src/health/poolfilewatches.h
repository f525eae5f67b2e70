// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerpool.h"

#include <QtCore/QMap>
#include <QtCore/QObject>

#include <functional>

namespace qproxysql {

class PoolFileWatcher;

/// Applies edits of pool files to the pools that were read from them. Lives in the supervisor's
/// thread and is used there only.
class PoolFileWatches : public QObject
{
    Q_OBJECT

public:
    /// \a applied is called after a pool was redefined, since its checks may be due earlier now.
    PoolFileWatches(std::function<void()> applied, QObject *parent);

    /// Watches the files of these pools only.
    void setPools(std::vector<std::shared_ptr<PeerPool>> pools);

private:
    void apply(const QString &path, const QList<PoolDefinition> &fileVersions);

    const std::function<void()> m_applied;
    std::vector<std::shared_ptr<PeerPool>> m_pools;
    QMap<QString, PoolFileWatcher *> m_watchers; ///< by path
};

} // namespace qproxysql
