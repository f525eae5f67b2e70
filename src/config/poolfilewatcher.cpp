// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/poolfilewatcher.h"

#include "config/poolfilestore.h"

#include <QtCore/QFileInfo>
#include <QtCore/QFileSystemWatcher>

namespace qproxysql {

PoolFileWatcher::PoolFileWatcher(const QString &path, std::chrono::milliseconds pollInterval,
                                 Notifications notifications, QObject *parent)
    : QObject(parent)
    , m_path(QFileInfo(path).absoluteFilePath())
    , m_notifications(notifications)
    , m_pollTimer(this) // children, so that they follow moveToThread()
    , m_settleTimer(this)
{
    m_pollTimer.setInterval(pollInterval);
    m_settleTimer.setInterval(SettleTime);
    m_settleTimer.setSingleShot(true);
    connect(&m_pollTimer, &QTimer::timeout, this, &PoolFileWatcher::poll);
    connect(&m_settleTimer, &QTimer::timeout, this, &PoolFileWatcher::poll);
}

PoolFileWatcher::~PoolFileWatcher() = default;

void PoolFileWatcher::start()
{
    if (m_pollTimer.isActive())
        return;
    if (m_notifications == Notifications::Used) {
        m_watcher = new QFileSystemWatcher(this);
        const auto settle = [this] { m_settleTimer.start(); };
        connect(m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
        connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
        watchPaths();
    }
    m_pollTimer.start();

    // PoolFileStore logs errors.
    m_latest = m_announced = PoolFileStore::instance().read(m_path).valueOr(nullptr);
    if (m_announced)
        Q_EMIT changed(m_announced->pools());
}

void PoolFileWatcher::poll()
{
    watchPaths();
    const auto file = PoolFileStore::instance().read(m_path).valueOr(nullptr);
    if (file == m_announced) {
        m_latest = file;
        return;
    }
    if (file != m_latest) {
        m_latest = file;
        m_settleTimer.start();
        return;
    }
    m_announced = file;
    Q_EMIT changed(file->pools());
}

void PoolFileWatcher::watchPaths()
{
    if (!m_watcher)
        return;
    // QFileSystemWatcher drops a replaced file and cannot watch a missing one.
    if (m_watcher->files().isEmpty() && QFileInfo::exists(m_path))
        m_watcher->addPath(m_path);
    const QString folder = QFileInfo(m_path).absolutePath();
    if (m_watcher->directories().isEmpty() && QFileInfo::exists(folder))
        m_watcher->addPath(folder);
}

} // namespace qproxysql
