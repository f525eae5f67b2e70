// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainknowledge.h"
#include "drain/fleetobserver.h"
#include "drain/requestcomposition.h"
#include "pool/clock.h"
#include "pool/peerpool.h"

#include <QtCore/QPointer>

QT_BEGIN_NAMESPACE
class QFileSystemWatcher;
QT_END_NAMESPACE

namespace qproxysql {

/// Applies the drain directory to all pools of the process except those with CONTROL=off, and what
/// FleetObserver has read to those with CONTROL=fleet: before the first choice of a peer, and soon after
/// each change.
///
/// While a pool is in use or has sessions, the supervisor thread reads the directory when the system
/// reports a change of the folder, and every two seconds (network drives report nothing, and the folder
/// may be created later). Each open() compares the file's stamp with that of the last reading, and reads
/// the file if it differs. Process-wide, never destroyed.
class DrainObserver
{
public:
    /// The plugin makes it at its first use. Costs nothing before a connection opens.
    static DrainObserver &instance();

    /// The newest generation that this process obeys, of the directory or the fleet; 0: none. Any thread.
    quint64 generationSeen() const noexcept { return m_generationSeen; }

private:
    DrainObserver();
    void attend(PeerPool &pool);
    void poll();
    void spread();
    RequestComposition::Requests requestsOf(const PeerPool &pool);
    Clock::time_point advance();
    void watchFolder();

    DrainKnowledge m_knowledge;
    FleetObserver &m_fleet = FleetObserver::instance();
    RequestComposition m_composition;
    std::atomic<quint64> m_generationSeen{0};

    mutable std::mutex m_mutex;
    QString m_path; ///< of the last reading
    SharedFolder::Stamp m_stamp;

    // Used by the supervisor thread only.
    QPointer<QFileSystemWatcher> m_watcher;
    Clock::time_point m_lastUse;

    Chore m_polls;
};

} // namespace qproxysql
