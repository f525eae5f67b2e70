// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <memory>

QT_BEGIN_NAMESPACE
class QFileSystemWatcher;
QT_END_NAMESPACE

namespace qproxysql {

class PoolFile;

/// Signals changes of a pool file. Reads the file when the system reports a change of it or its
/// folder (for files that are replaced by renaming), and every few seconds because network drives
/// report no changes. Ignores invalid versions, which PoolFileStore logs.
///
/// May be constructed in one thread and moved to another; start() and everything after it belong to
/// the thread it lives in, which must run an event loop.
class PoolFileWatcher : public QObject
{
    Q_OBJECT

public:
    enum class Notifications { Used, Ignored };

    static constexpr std::chrono::milliseconds DefaultPollInterval{3'000};

    explicit PoolFileWatcher(const QString &path,
                             std::chrono::milliseconds pollInterval = DefaultPollInterval,
                             Notifications notifications = Notifications::Used,
                             QObject *parent = nullptr);
    ~PoolFileWatcher() override;

    QString path() const { return m_path; } ///< absolute

public Q_SLOTS:
    /// Reads the file, emits changed() if it is valid, and watches it from then on.
    void start();

Q_SIGNALS:
    /// The pools of the newest valid version.
    void changed(const QList<qproxysql::PoolDefinition> &pools);

private:
    void poll();
    void watchPaths();

    /// An editor that writes in place makes several changes, and half a file may be valid.
    static constexpr std::chrono::milliseconds SettleTime{100};

    const QString m_path;
    const Notifications m_notifications;
    QTimer m_pollTimer;
    QTimer m_settleTimer;
    QFileSystemWatcher *m_watcher = nullptr;
    std::shared_ptr<const PoolFile> m_announced;
    std::shared_ptr<const PoolFile> m_latest; ///< announced when it is read again unchanged
};

} // namespace qproxysql
