// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/drainassessment.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

QString wordOf(DrainState state)
{
    switch (state) {
    case DrainState::InService:
        return u"inService"_s;
    case DrainState::Requested:
        return u"requested"_s;
    case DrainState::Draining:
        return u"draining"_s;
    case DrainState::Stalled:
        return u"stalled"_s;
    case DrainState::Empty:
        return u"empty"_s;
    case DrainState::SafeToStop:
        return u"safeToStop"_s;
    case DrainState::Stopped:
        break;
    }
    return u"stopped"_s;
}

QString wordOf(DrainCheck::State state)
{
    switch (state) {
    case DrainCheck::State::Pass:
        return u"pass"_s;
    case DrainCheck::State::Fail:
        return u"fail"_s;
    case DrainCheck::State::NotChecked:
        break;
    }
    return u"notChecked"_s;
}

} // namespace qproxysql
