// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterjson.h"
#include "cluster/ctltexts.h"
#include "ctl/clustertable.h"
#include "ctl/session.h"
#include "ctl/terminal.h"
#include "drain/plaintext.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QTime>

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

QStringList tableOf(const ClusterView &view)
{
    return clusterTable(view, Terminal::hasColors() ? TableColors::On : TableColors::Off);
}

void print(const ClusterView &view, const CommandLine &line)
{
    for (const QString &problem : view.problems)
        Terminal::error(problem);
    if (line.has(u"json"_s)) {
        const auto format = line.has(u"watch"_s) ? QJsonDocument::Compact : QJsonDocument::Indented;
        Terminal::print(
                QString::fromUtf8(QJsonDocument(clusterJson(view)).toJson(format)).trimmed());
        return;
    }
    for (const QString &text : tableOf(view))
        Terminal::print(text);
}

/// Problems are part of it: on standard error they would be written over it.
void redraw(const ClusterView &view, double period)
{
    QStringList lines{CtlTexts::tr("%1, every %2 s, until Ctrl+C")
                              .arg(QTime::currentTime().toString(u"HH:mm:ss"_s))
                              .arg(period)};
    for (const QString &problem : view.problems)
        lines.append(plainText(problem));
    Terminal::redraw(lines + QStringList{QString()} + tableOf(view));
}

} // namespace

int runList(Session &session)
{
    const ExitCode begun = session.begin();
    if (begun != Ok)
        return begun;
    const std::optional<double> period = session.line().seconds(u"watch"_s);
    const bool redraws = period && !session.line().has(u"json"_s) && Terminal::canRedraw();
    for (;;) {
        session.controller().proveNow();
        if (redraws)
            redraw(session.view(), *period);
        else
            print(session.view(), session.line());
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
