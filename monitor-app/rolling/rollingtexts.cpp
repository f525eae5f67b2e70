// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rolling/rollingtexts.h"

namespace qproxysql {

using Step = RollingPeer::Step;

QString RollingTexts::step(Step step, const QString &peer)
{
    switch (step) {
    case Step::Check:
        return tr("%1: checking that all peers of its pools are up").arg(peer);
    case Step::Drain:
        return tr("%1: draining").arg(peer);
    case Step::Stop:
        return tr("%1: safe to stop, waiting until it has stopped").arg(peer);
    case Step::Return:
        return tr("%1: has stopped, waiting until it answers again").arg(peer);
    case Step::Health:
        return tr("%1: was restarted, waiting until it is ready").arg(peer);
    case Step::Resume:
        return tr("%1: ready, waiting until applications use it").arg(peer);
    case Step::Done:
        break;
    }
    return tr("%1: done").arg(peer);
}

} // namespace qproxysql
