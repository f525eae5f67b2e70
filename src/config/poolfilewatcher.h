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

/// Tells when a pool file says something new. Looks when the system reports a change of the file or
/// its folder (so that a file replaced by renaming is noticed) and every few seconds besides, since
/// network drives report nothing. Only versions that parse are told; the others are logged once by
/// PoolFileStore and change nothing.
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
    /// Looks at once, emitting changed() when there is a good version, and from then on.
    void start();

Q_SIGNALS:
    /// The pools of the newest good version. A pool that is no longer in the file is missing here.
    void changed(const QList<qproxysql::PoolDefinition> &pools);

private:
    void look();
    void watchPaths();

    /// An editor that writes in place makes several changes; half a file might even parse.
    static constexpr std::chrono::milliseconds SettleTime{100};

    const QString m_path;
    const Notifications m_notifications;
    QTimer m_pollTimer;
    QTimer m_settleTimer;
    QFileSystemWatcher *m_watcher = nullptr;
    std::shared_ptr<const PoolFile> m_told;
    std::shared_ptr<const PoolFile> m_seen; ///< read once, told when it is read the same again
};

} // namespace qproxysql
