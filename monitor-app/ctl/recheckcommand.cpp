// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

int runRecheck(Session &session)
{
    ExitCode code = Ok;
    const auto found = session.findPeer(&code);
    if (!found)
        return code;
    const PeerView &peer = found->peer();
    const QString name = peer.address.name();
    const auto text = [](const char *source) { return CtlTexts::tr(source); };
    if (!peer.probe) {
        Terminal::error(
                text("no login was given: recheck connects to %1 by itself and needs --user "
                     "(--help describes how to give the password)")
                        .arg(name));
        return Unreachable;
    }
    Terminal::note(
            text("Applications recheck a peer that is down by themselves, at the latest after "
                 "their CHECK_INTERVAL; this is a probe of our own."));
    if (!peer.probe->isUp()) {
        Terminal::error(text("%1 cannot be used: %2").arg(name, peer.probe->message()));
        return Unreachable;
    }
    Terminal::print(text("%1 answers: %2, %3 ms%4")
                            .arg(name, peer.probe->facts.version)
                            .arg(*peer.probe->connectMs, 0, 'f', 1)
                            .arg(peer.serverWish.isEmpty() ? u""_s : u", "_s + peer.serverWish));
    return Ok;
}

} // namespace qproxysql
