// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/drainprogress.h"

#include "cluster/ctltexts.h"
#include "ctl/terminal.h"
#include "verdict/draintexts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString stateText(DrainState state)
{
    switch (state) {
    case DrainState::InService:
        return CtlTexts::tr("In service");
    case DrainState::Requested:
        return CtlTexts::tr("Requested");
    case DrainState::Draining:
        return CtlTexts::tr("Draining");
    case DrainState::Stalled:
        return CtlTexts::tr("Stalled");
    case DrainState::Empty:
        return CtlTexts::tr("Empty");
    case DrainState::SafeToStop:
        return CtlTexts::tr("Safe to stop");
    case DrainState::Stopped:
        return CtlTexts::tr("Stopped");
    }
    return {};
}

} // namespace

QString DrainProgress::stateLine(const DrainAssessment &assessment)
{
    if (assessment.isBlind())
        return CtlTexts::tr(
                "Not known: its sessions cannot be seen from here. Give --user NAME of an "
                "account with the right PROCESS, or ask where the applications run");
    QString line = stateText(assessment.state);
    if (assessment.left > 0 && assessment.peak == 0)
        line += CtlTexts::tr(", %1 left").arg(assessment.left);
    else if (assessment.left > 0)
        line += CtlTexts::tr(", %1 of %2 left").arg(assessment.left).arg(assessment.peak);
    if (assessment.timeLeft)
        line += CtlTexts::tr(", about %1 more").arg(DrainTexts::age(std::ceil(*assessment.timeLeft)));
    return line;
}

QString DrainProgress::checkLine(const DrainCheck &check)
{
    constexpr QLatin1StringView Marks[] = {"[ok]"_L1, "[--]"_L1, "[??]"_L1};
    return u"  %1 %2 %3"_s.arg(Marks[int(check.state)]).arg(check.name, -12).arg(check.text);
}

void DrainProgress::print(const DrainAssessment &assessment)
{
    if (assessment.state != m_state || assessment.left != m_left)
        Terminal::note(stateLine(assessment));
    m_state = assessment.state;
    m_left = assessment.left;
    for (const DrainCheck &check : assessment.checks) {
        // The counted seconds change each second.
        const QString key = check.name == "quiet"_L1 && check.state == DrainCheck::State::Fail
                                    ? u"-"_s
                                    : checkLine(check);
        if (m_printed.value(check.name) != key)
            Terminal::note(checkLine(check));
        m_printed[check.name] = key;
    }
    // Ages grow, so print obstacles only when their owners or number change.
    if (assessment.state == DrainState::Stalled
        && assessment.obstacles.size() != m_obstacles.size()) {
        for (const QString &obstacle : assessment.obstacles)
            Terminal::note(u"  "_s + obstacle);
        m_obstacles = assessment.obstacles;
    }
}

} // namespace qproxysql
