// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterjson.h"
#include "ctl/clustertable.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Down by current evidence, or believed down without proof to the contrary. A drained peer that is
/// down is no problem.
bool isAnyPeerDown(const ClusterView &view)
{
    return std::ranges::any_of(view.peers(), [](const PeerView *peer) {
        return peer->isDown() && peer->service == Service::InService;
    });
}

void show(const ClusterView &view, const CommandLine &line)
{
    if (line.has(u"json"_s)) {
        const auto format = line.has(u"watch"_s) ? QJsonDocument::Compact : QJsonDocument::Indented;
        Terminal::print(
                QString::fromUtf8(QJsonDocument(clusterJson(view)).toJson(format)).trimmed());
        return;
    }
    for (const QString &text : clusterTable(view))
        Terminal::print(text);
}

} // namespace

int runList(Session &session)
{
    const ExitCode begun = session.begin();
    if (begun != Ok)
        return begun;
    const std::optional<double> period = session.line().seconds(u"watch"_s);
    for (;;) {
        session.controller().proveNow();
        for (const QString &problem : session.view().problems)
            Terminal::error(problem);
        show(session.view(), session.line());
        if (!period)
            break;
        Session::pause(qint64(*period * 1000));
        session.controller().refreshNow();
    }
    if (session.view().directory.refusal)
        return exitCodeOf(session.view().directory.refusal->kind);
    return isAnyPeerDown(session.view()) ? SomePeerDown : Ok;
}

} // namespace qproxysql
