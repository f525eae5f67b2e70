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

/// Has all pools of the process, unless they say CONTROL=off, obey the drain directory, and with
/// CONTROL=fleet what FleetObserver has read as well: from before the first choice of a peer, and
/// within a moment of each change.
///
/// While a pool is in use or keeps sessions the supervisor thread looks when the system reports a
/// change of the folder, and every two seconds besides (network drives report nothing; the folder
/// may be made later). Each open() compares the file's stamp with what was read last, and reads it
/// itself when that differs. Process-wide, never destroyed.
class DrainObserver
{
public:
    static DrainObserver &instance();

    /// From now on. Once is enough; costs nothing before a connection opens.
    void install();

    /// The newest request that this process has read and obeyed, wherever it was written, 0: none. Any
    /// thread.
    quint64 generationSeen() const noexcept { return m_generationSeen; }

private:
    DrainObserver() = default;
    void attend(PeerPool &pool);
    void look();
    void spread();
    RequestComposition::Requests requestsOf(const PeerPool &pool);
    Clock::time_point advance();
    void watchFolder();

    DrainKnowledge m_knowledge;
    FleetObserver &m_fleet = FleetObserver::instance();
    RequestComposition m_composition;
    std::atomic<quint64> m_generationSeen{0};
    std::atomic<bool> m_isNews{false};
    std::atomic<bool> m_isInstalled{false};

    mutable std::mutex m_mutex;
    QString m_path; ///< as looked at last
    SharedFolder::Stamp m_stamp;
    Clock::time_point m_lastLook;

    // The supervisor thread's.
    QPointer<QFileSystemWatcher> m_watcher;
    Clock::time_point m_lastUse;
};

/// For the plugin, at its first use.
void installDrainObserver();

} // namespace qproxysql
