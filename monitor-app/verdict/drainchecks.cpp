// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/drainchecks.h"

#include "config/coretexts.h"
#include "verdict/draintexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using State = DrainCheck::State;

DrainCheck awareCheck(const DrainSides &sides)
{
    DrainCheck check{u"applications"_s, State::Pass, {}};
    const int obeying = int(sides.answering.size() - sides.disobedient.size());
    if (obeying == 0) {
        check.state = State::NotChecked;
        check.text = sides.answering.isEmpty() ? CoreTexts::tr("no application reports")
                                               : CoreTexts::tr("no application obeys");
    } else {
        check.text = CoreTexts::tr("%1 of %n application(s) know", nullptr, obeying)
                             .arg(obeying - sides.unaware.size());
    }
    if (!sides.unaware.isEmpty()) {
        check.state = State::Fail;
        check.text += CoreTexts::tr(", not yet %1").arg(DrainTexts::who(sides.unaware));
    }
    if (!sides.contrary.isEmpty()) {
        check.state = State::Fail;
        check.text += "; "_L1 + DrainTexts::contrary(sides.contrary);
    }
    if (!sides.disobedient.isEmpty()) {
        check.text += CoreTexts::tr("; CONTROL=off: %1").arg(DrainTexts::who(sides.disobedient));
    }
    return check;
}

DrainCheck sessionsCheck(const DrainSides &sides)
{
    DrainCheck check{u"sessions"_s, State::Pass, {}};
    if (sides.answering.isEmpty() && sides.holders.isEmpty()) {
        check.state = State::NotChecked;
        check.text = CoreTexts::tr("no application reports");
    } else if (sides.heldSessions == 0) {
        check.text = CoreTexts::tr("no session left in applications");
    } else {
        check.state = State::Fail;
        check.text = CoreTexts::tr("%1 left in %2")
                             .arg(DrainTexts::sessions(sides.heldSessions),
                                  DrainTexts::applications(int(sides.holders.size())));
    }
    return check;
}

DrainCheck serverCheck(const ServerList &list, const DrainSides &sides)
{
    DrainCheck check{u"server"_s, State::Pass, {}};
    if (!list.isChecked) {
        check.state = State::NotChecked;
        check.text = CoreTexts::tr("server's list not checked");
        if (!list.whyNot.isEmpty())
            check.text += ": "_L1 + list.whyNot;
    } else if (sides.rows.isEmpty()) {
        check.text = CoreTexts::tr("server's list is empty");
    } else {
        check.state = State::Fail;
        check.text = CoreTexts::tr("server lists %n session(s): %1", nullptr, int(sides.rows.size()))
                             .arg(DrainTexts::who(sides.rows));
    }
    return check;
}

DrainCheck silentCheck(const DrainSides &sides)
{
    DrainCheck check{u"silent"_s, State::Pass, {}};
    if (sides.silent.isEmpty()) {
        check.text = CoreTexts::tr("no application is silent");
    } else if (sides.isSilenceAccepted) {
        check.text = CoreTexts::tr("%n silent application(s) passed over, as the operator wants it "
                                   "(accept silent): %1",
                                   nullptr, int(sides.silent.size()))
                             .arg(DrainTexts::who(sides.silent));
    } else {
        check.state = State::Fail;
        check.text = CoreTexts::tr("%n application(s) silent: %1", nullptr, int(sides.silent.size()))
                             .arg(DrainTexts::who(sides.silent));
    }
    if (!sides.gone.isEmpty()) {
        check.text += CoreTexts::tr("; gone, as the server's list shows: %1")
                              .arg(DrainTexts::who(sides.gone));
    }
    return check;
}

DrainCheck othersCheck(const std::optional<int> &up)
{
    DrainCheck check{u"others"_s, State::NotChecked, {}};
    if (!up) {
        check.text = CoreTexts::tr("no other peer was proven to be up within the last 5 s");
        return check;
    }
    check.state = *up > 0 ? State::Pass : State::Fail;
    check.text = *up > 0 ? CoreTexts::tr("%n other peer(s) up", nullptr, *up)
                         : CoreTexts::tr("no other peer is up");
    return check;
}

DrainCheck quietCheck(const DrainSides &sides, std::chrono::seconds quiet,
                      std::chrono::seconds needed)
{
    DrainCheck check{u"quiet"_s, State::Fail, {}};
    if (!sides.canSee()) {
        check.state = State::NotChecked;
        check.text = CoreTexts::tr("sessions could not be counted");
        return check;
    }
    if (quiet >= needed)
        check.state = State::Pass;
    check.text = CoreTexts::tr("quiet %1 of %2 s")
                         .arg(std::min<qint64>(quiet.count(), needed.count()))
                         .arg(needed.count());
    return check;
}

} // namespace

QList<DrainCheck> drainChecks(const DrainEvidence &evidence, const DrainSides &sides,
                              std::chrono::seconds quiet, std::chrono::seconds needed)
{
    return {awareCheck(sides),
            sessionsCheck(sides),
            serverCheck(evidence.serverList, sides),
            quietCheck(sides, quiet, needed),
            silentCheck(sides),
            othersCheck(evidence.otherPeersUp)};
}

QStringList drainObstacles(const DrainSides &sides, quint64 generation)
{
    QStringList obstacles;
    for (const ApplicationEvidence &holder : sides.holders)
        obstacles.append(DrainTexts::obstacle(holder, generation));
    // An application that does not know the ids of all its connections owns some of these rows.
    if (sides.rows.size() > sides.heldSessions && !sides.unknownRows.isEmpty()) {
        obstacles.append(CoreTexts::tr("%n session(s) of clients that do not report here: %1",
                                       nullptr, int(sides.unknownRows.size()))
                                 .arg(DrainTexts::who(sides.unknownRows)));
    }
    return obstacles;
}

} // namespace qproxysql
