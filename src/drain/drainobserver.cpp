// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainobserver.h"

#include "drain/directorylocation.h"
#include "drain/logging.h"
#include "health/supervisor.h"
#include "pool/poolregistry.h"

#include <QtCore/QFileInfo>
#include <QtCore/QFileSystemWatcher>
#include <QtCore/QThread>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr auto PollInterval = 2s;
constexpr auto ShortestPollInterval = 100ms; ///< while the folder changes often
constexpr auto FolderPollInterval = 1s; ///< while the folder does not exist and cannot be watched

} // namespace

DrainObserver &DrainObserver::instance()
{
    static auto *observer = new DrainObserver;
    return *observer;
}

DrainObserver::DrainObserver()
    : m_polls([this] { return advance(); }, ShortestPollInterval)
{
    PoolRegistry::instance().setAcquisitionHook([this](PeerPool &pool) { attend(pool); });
    m_fleet.install([this] {
        spread();
        Supervisor::instance().wake();
    });
}

void DrainObserver::attend(PeerPool &pool)
{
    if (pool.policy().control == Control::Off)
        return;
    const DrainFile file(DirectoryLocation::folder().valueOr({}));
    const SharedFolder::Stamp stamp = file.stamp();
    bool isKnown = false;
    {
        const std::lock_guard lock(m_mutex);
        isKnown = m_path == file.path() && m_stamp == stamp;
    }
    if (!isKnown)
        poll();
    if (m_fleet.attend(pool))
        spread();
    pool.setRequests(requestsOf(pool));
}

RequestComposition::Requests DrainObserver::requestsOf(const PeerPool &pool)
{
    return m_composition.of(pool.name(), [&] {
        return RequestComposition::Parts{m_knowledge.requests(), m_fleet.requests(pool)};
    });
}

void DrainObserver::spread()
{
    // Read first: requests that another thread adds meanwhile may not reach all pools in this call.
    const quint64 generation = std::max(m_knowledge.generation(), m_fleet.generation());
    for (const auto &pool : PoolRegistry::instance().pools())
        pool->setRequests(requestsOf(*pool));
    quint64 seen = m_generationSeen;
    while (seen < generation && !m_generationSeen.compare_exchange_weak(seen, generation)) {
    }
}

void DrainObserver::poll()
{
    const Expected<QString> folder = DirectoryLocation::folder();
    const DrainFile file(folder.valueOr({}));
    DrainFile::Reading reading;
    const quint64 began = m_knowledge.begin();
    if (folder) {
        reading = file.read();
        m_knowledge.take(reading, file.path(), began);
    } else {
        m_knowledge.noteProblem(folder.error(), began);
    }
    // Another thread has read at the same time, and it is not known which of them read the newer file.
    if (!m_knowledge.isNewest(began))
        m_polls.wake();
    spread();

    const std::lock_guard lock(m_mutex);
    m_path = file.path();
    m_stamp = reading.stamp;
}

Clock::time_point DrainObserver::advance()
{
    const Clock::time_point now = Clock::steady().now();
    if (PoolRegistry::instance().isAnyControlled())
        m_lastUse = now;
    // Continue for a while after the last use: most applications that close a connection open one soon.
    if (now - m_lastUse >= PollInterval) {
        delete m_watcher;
        return Clock::time_point::max();
    }
    watchFolder();
    poll();
    return now + (m_watcher ? PollInterval : FolderPollInterval);
}

// Only the folder is watched: replacing the file changes the folder. A file that is edited in place, in
// several steps, is better read by the next poll.
void DrainObserver::watchFolder()
{
    const QString folder = DirectoryLocation::folder().valueOr({});
    if (m_watcher && m_watcher->thread() == QThread::currentThread()
        && m_watcher->directories() == QStringList{folder})
        return;
    delete m_watcher;
    if (!QFileInfo(folder).isDir())
        return;
    m_watcher = new QFileSystemWatcher({folder});
    QObject::connect(QThread::currentThread(), &QThread::finished, m_watcher, &QObject::deleteLater);
    QObject::connect(m_watcher, &QFileSystemWatcher::directoryChanged, m_watcher,
                     [this] { m_polls.wake(); });
}

} // namespace qproxysql
