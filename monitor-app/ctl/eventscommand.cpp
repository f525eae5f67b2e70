// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterevents.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int FollowInterval = 1000;

void print(const QList<ClusterEvent> &events, bool asJson)
{
    for (const ClusterEvent &event : events) {
        Terminal::print(asJson ? QString::fromUtf8(
                                QJsonDocument(event.toJson()).toJson(QJsonDocument::Compact))
                               : event.toLine());
    }
}

} // namespace

int runEvents(Session &session)
{
    const bool follows = session.line().has(u"follow"_s);
    const bool asJson = session.line().has(u"json"_s);
    const bool mustProbe = follows || session.line().has(u"control-schema"_s);
    const ExitCode begun = session.begin(mustProbe ? Controller::Depth::Probes
                                                   : Controller::Depth::Knowledge);
    if (begun != Ok)
        return begun;
    if (const auto &refusal = session.view().directory.refusal) {
        Terminal::error(refusal->text);
        if (!follows)
            return exitCodeOf(refusal->kind);
    }
    print(ClusterEvents::recorded(DrainLog(session.view().folder).read(), session.view()), asJson);
    while (follows) {
        const ClusterView before = session.view();
        Session::pause(FollowInterval);
        print(ClusterEvents::between(before, session.controller().refreshNow()), asJson);
    }
    return Ok;
}

} // namespace qproxysql
