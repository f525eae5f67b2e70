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

constexpr auto LooksApart = 2s;
constexpr auto LooksAtLeastApart = 100ms; ///< however often the folder changes
constexpr auto LooksForFolderApart = 1s;  ///< nothing can be watched before it is there

} // namespace

DrainObserver &DrainObserver::instance()
{
    static auto *observer = new DrainObserver;
    return *observer;
}

void installDrainObserver()
{
    DrainObserver::instance().install();
}

void DrainObserver::install()
{
    if (m_isInstalled.exchange(true))
        return;
    PoolRegistry::instance().setAcquisitionHook([this](PeerPool &pool) { attend(pool); });
    Supervisor::instance().addChore([this] { return advance(); });
    m_fleet.install([this] {
        spread();
        Supervisor::instance().wake();
    });
}

void DrainObserver::attend(PeerPool &pool)
{
    if (pool.policy().control == Control::Off)
        return;
    const DrainFile file(DirectoryLocation::folder());
    const SharedFolder::Stamp stamp = file.stamp();
    bool isKnown = false;
    {
        const std::lock_guard lock(m_mutex);
        isKnown = m_path == file.path() && m_stamp == stamp;
    }
    if (!isKnown)
        look();
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
    // What another thread has taken meanwhile may not have reached all pools yet.
    const quint64 generation = std::max(m_knowledge.generation(), m_fleet.generation());
    for (const auto &pool : PoolRegistry::instance().pools())
        pool->setRequests(requestsOf(*pool));
    quint64 seen = m_generationSeen;
    while (seen < generation && !m_generationSeen.compare_exchange_weak(seen, generation)) {
    }
}

void DrainObserver::look()
{
    QString error;
    const QString folder = DirectoryLocation::folder(&error);
    const DrainFile file(folder);
    DrainFile::Reading reading;
    const quint64 began = m_knowledge.begin();
    if (folder.isEmpty()) {
        m_knowledge.takeTrouble(error, began);
    } else {
        reading = file.read();
        m_knowledge.take(reading, file.path(), began);
    }
    // Which of the two has seen the newer file is not known.
    if (!m_knowledge.isNewest(began)) {
        m_isNews = true;
        Supervisor::instance().wake();
    }
    spread();

    const std::lock_guard lock(m_mutex);
    m_path = file.path();
    m_stamp = reading.stamp;
    m_lastLook = Clock::steady().now();
}

Clock::time_point DrainObserver::advance()
{
    const Clock::time_point now = Clock::steady().now();
    if (PoolRegistry::instance().isAnyControlled())
        m_lastUse = now;
    // A moment longer, since most that close a connection open one soon.
    if (now - m_lastUse >= LooksApart) {
        delete m_watcher;
        return Clock::time_point::max();
    }
    Clock::time_point due;
    Clock::time_point soonest;
    {
        const std::lock_guard lock(m_mutex);
        soonest = m_lastLook + LooksAtLeastApart;
        due = m_lastLook + (m_watcher ? LooksApart : LooksForFolderApart);
    }
    if (!m_watcher || due <= now)
        watchFolder();
    const bool isNews = m_isNews;
    if (isNews && due > now)
        due = soonest;
    if (due <= now) {
        m_isNews = false;
        look();
        due = now + (m_watcher ? LooksApart : LooksForFolderApart);
    }
    return due;
}

// Only the folder: a file that is replaced is a change of it, and one that is edited in place, which
// happens in several steps, is better read a moment later.
void DrainObserver::watchFolder()
{
    const QString folder = DirectoryLocation::folder();
    if (m_watcher && m_watcher->thread() == QThread::currentThread()
        && m_watcher->directories() == QStringList{folder})
        return;
    delete m_watcher;
    if (!QFileInfo(folder).isDir())
        return;
    m_watcher = new QFileSystemWatcher({folder});
    QObject::connect(QThread::currentThread(), &QThread::finished, m_watcher, &QObject::deleteLater);
    QObject::connect(m_watcher, &QFileSystemWatcher::directoryChanged, m_watcher, [this] {
        m_isNews = true;
        Supervisor::instance().wake();
    });
    m_isNews = true; // it may have come with a file
}

} // namespace qproxysql
