// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/controller.h"
#include "cluster/peersearch.h"
#include "ctl/commandline.h"
#include "ctl/exitcode.h"

namespace qproxysql {

/// One run of qproxysql-ctl: the command line, and the controller set up as it says. One thread.
class Session
{
public:
    explicit Session(CommandLine line);

    const CommandLine &line() const { return m_line; }
    Controller &controller() { return *m_controller; }
    const ClusterView &view() const { return m_controller->view(); }

    /// Looks for the first time. Anything but Ok was said on standard error: no folder, a bad pool file,
    /// no such pool, a login that is wrong.
    ExitCode begin(Controller::Depth depth = Controller::Depth::Probes);
    /// begin(), then the peer of the command line; nothing, and \a code, when there is none.
    std::optional<PeerSearch> findPeer(ExitCode *code);

    LoginSource loginSource() const;
    static void tellTroubles(const ClusterView &view);
    static void pause(qint64 milliseconds); ///< in an event loop of its own

private:
    ExitCode checkPools() const;
    ExitCode checkLogin() const;

    const CommandLine m_line;
    QString m_folderError;
    std::unique_ptr<Controller> m_controller;
};

/// The verbs; each returns the program's exit code, after it has said why.
int runList(Session &session);
int runDrain(Session &session);
int runWait(Session &session);
int runResume(Session &session);
int runRecheck(Session &session);
int runEvents(Session &session);
int runCheck(Session &session);
int runInit(Session &session);

} // namespace qproxysql
