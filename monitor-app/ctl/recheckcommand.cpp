// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

int runRecheck(Session &session)
{
    const auto found = session.findPeer();
    if (!found)
        return found.error();
    const PeerView &peer = found->peer();
    const QString name = peer.address.name();
    if (!peer.probe) {
        Terminal::error(
                CtlTexts::tr(
                        "no login was given: recheck connects to %1 by itself and needs --user "
                        "(--help describes how to give the password)")
                        .arg(name));
        return Unreachable;
    }
    Terminal::note(CtlTexts::tr(
            "Applications recheck a peer that is down by themselves, at the latest after "
            "their CHECK_INTERVAL; this is a probe of our own."));
    if (!peer.probe->isUp()) {
        Terminal::error(CtlTexts::tr("%1 cannot be used: %2").arg(name, peer.probe->message()));
        return Unreachable;
    }
    Terminal::print(
            CtlTexts::tr("%1 answers: %2, %3 ms%4")
                    .arg(name, peer.probe->facts.version)
                    .arg(*peer.probe->connectMs, 0, 'f', 1)
                    .arg(peer.serverRequest.isEmpty() ? u""_s : u", "_s + peer.serverRequest));
    return Ok;
}

} // namespace qproxysql
