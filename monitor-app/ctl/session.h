// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/controller.h"
#include "cluster/peersearch.h"
#include "ctl/commandline.h"
#include "ctl/exitcode.h"

namespace qproxysql {

/// One run of qproxysql-ctl: the command line and a controller configured by it. One thread.
class Session
{
public:
    explicit Session(CommandLine line);

    const CommandLine &line() const { return m_line; }
    Controller &controller() { return *m_controller; }
    const ClusterView &view() const { return m_controller->view(); }

    /// Polls for the first time. Results other than Ok have been printed on standard error: no
    /// folder, a bad pool file, unknown pool, bad login.
    ExitCode begin(Controller::Depth depth = Controller::Depth::Probes);
    /// begin(), then finds the peer of the command line.
    Expected<PeerSearch, ExitCode> findPeer();

    LoginSource loginSource() const;
    static void pause(qint64 milliseconds); ///< in a local event loop

private:
    ExitCode checkPools() const;
    ExitCode checkLogin() const;

    const CommandLine m_line;
    const Expected<QString> m_folder;
    std::unique_ptr<Controller> m_controller;
};

/// The verbs; each returns the program's exit code and has printed any error.
int runList(Session &session);
int runDrain(Session &session);
int runWait(Session &session);
int runResume(Session &session);
int runRecheck(Session &session);
int runRolling(Session &session);
int runEvents(Session &session);
int runMetrics(Session &session);
int runWatch(Session &session);
int runHistory(Session &session);
int runCheck(Session &session);
int runInit(Session &session);

/// Waits until a draining peer is safe to stop and prints the progress, within the command line's
/// --timeout. Returns the program's exit code. Never resumes.
int waitUntilSafe(Session &session, const PeerSearch &peer);

} // namespace qproxysql
