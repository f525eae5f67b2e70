// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/steering.h"

#include "cluster/peersearch.h"
#include "models/copycommand.h"
#include "models/peerreport.h"
#include "window/messagebar.h"
#include "window/peerstable.h"
#include "window/poolpage.h"
#include "window/rollingdialog.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QStatusBar>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int StatusTime = 6000; // ms

QString requestKey(const QString &peer)
{
    return u"request:"_s + peer;
}

} // namespace

Steering::Steering(MessageBar &messages, QStatusBar &status, QWidget *window)
    : QObject(window)
    , m_messages(messages)
    , m_status(status)
    , m_window(window)
{
}

void Steering::watch(WatchedSource *source)
{
    connect(source, &WatchedSource::requested, this,
            [this, source](const DrainRequest &request, const DrainFile::Outcome &outcome) {
                if (outcome.refusal)
                    showRefusal(request, outcome, source->isReadOnly());
                else
                    showDone(*source, request, outcome);
                source->refresh();
            });
    connect(source, &WatchedSource::rechecked, this,
            [this, source](const QString &peer) { showRecheck(*source, peer); });
}

void Steering::drain(PoolPage &page, const QStringList &peers)
{
    WatchedSource &source = page.source();
    // The source refuses it and gives the reason.
    if (source.isReadOnly()) {
        for (const QString &peer : peers)
            source.request({.peer = peer, .service = Service::Draining});
        return;
    }
    if (m_dialog)
        m_dialog->close();
    m_dialog = new DrainDialog(peers, source.ctlOptions(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setView(source.view());
    page.table().hold();
    connect(m_dialog, &QDialog::finished, &page.table(), &PeersTable::release);
    connect(&source, &WatchedSource::refreshed, m_dialog,
            [&source, dialog = m_dialog.data()] { dialog->setView(source.view()); });
    connect(&source, &QObject::destroyed, m_dialog, &QDialog::reject);
    connect(m_dialog, &DrainDialog::wanted, &source,
            [&source](const DrainRequest &request) { source.request(request); });
    m_dialog->open();
}

void Steering::resume(PoolPage &page, const QStringList &peers)
{
    for (const QString &peer : peers)
        page.source().request({.peer = peer});
}

void Steering::recheck(PoolPage &page, const QStringList &peers)
{
    say(tr("Rechecking %1...").arg(peers.join(", "_L1)));
    page.source().recheck(peers);
}

void Steering::rolling(PoolPage &page, const QStringList &peers)
{
    if (!m_rolling) {
        m_rolling = new RollingDialog(page.source(), page.pool(), peers, m_window);
        m_rolling->setAttribute(Qt::WA_DeleteOnClose);
        // The runner must not outlive the source.
        connect(&page.source(), &QObject::destroyed, m_rolling, [this] { delete m_rolling; });
    }
    m_rolling->show();
    m_rolling->raise();
    m_rolling->activateWindow();
}

void Steering::showRefusal(const DrainRequest &request, const DrainFile::Outcome &outcome,
                           bool isReadOnly)
{
    QString text = outcome.refusal->text;
    if (outcome.refusal->kind == DrainRefusal::LastHealthyPeer)
        text = tr("%1. Nothing was changed. Drain it again and type the pool's name to do it "
                  "anyway.")
                       .arg(text);
    else if (outcome.refusal->kind == DrainRefusal::ReadOnly && isReadOnly)
        text = tr("Read-only window: %1 was not changed.").arg(request.peer);
    else
        text = tr("%1 was not changed: %2").arg(request.peer, text);
    // After a new action, show its result even if the user has closed the same message before.
    m_messages.clear(requestKey(request.peer));
    m_messages.report(requestKey(request.peer), MessageBar::Kind::Warning, text);
}

void Steering::showDone(const WatchedSource &source, const DrainRequest &request,
                        const DrainFile::Outcome &outcome)
{
    m_messages.clear(requestKey(request.peer));
    if (!outcome.problems.isEmpty())
        m_messages.report(requestKey(request.peer), MessageBar::Kind::Warning,
                          tr("Not written to %1").arg(outcome.problems.join("; "_L1)));
    if (request.service == Service::Draining) {
        say(outcome.change.isNew
                    ? tr("Drain of %1 requested, not yet safe to stop.").arg(request.peer)
                    : tr("%1 is draining already.").arg(request.peer));
        return;
    }
    const PeerSearch peer(source.view(), request.peer);
    if (outcome.change.isNew && peer.isFound() && peer.peer().isDown()) {
        m_messages
                .report(requestKey(request.peer), MessageBar::Kind::Information,
                        tr("%1 is in service again, but does not answer (%2); applications use it "
                           "once it does.")
                                .arg(request.peer, peer.peer().error));
        return;
    }
    say(outcome.change.isNew ? tr("%1 is in service again.").arg(request.peer)
                             : tr("%1 is in service already.").arg(request.peer));
}

void Steering::showRecheck(const WatchedSource &source, const QString &peer)
{
    const PeerSearch search(source.view(), peer);
    if (!search.isFound())
        return;
    const PeerView &one = search.peer();
    if (!one.probe && source.kind() != WatchedSource::Kind::Demo)
        say(tr("Without an account %1 cannot be probed from here; applications recheck it "
               "by themselves.")
                    .arg(peer));
    else if (one.probe && one.probe->isUp())
        say(tr("%1 answers: %2, %3 ms.")
                    .arg(peer, one.probe->facts.version,
                         QLocale().toString(one.probe->connectMs.value_or(0), 'f', 1)));
    else if (one.probe)
        say(tr("%1 does not answer: %2").arg(peer, one.probe->message()));
    else
        say(tr("%1 was rechecked.").arg(peer));
}

void Steering::say(const QString &text)
{
    m_status.showMessage(text, StatusTime);
}

void Steering::copyRequests(PoolPage &page, const QStringList &peers, Service service)
{
    QStringList lines;
    for (const QString &peer : peers)
        lines.append(commandOf({.peer = peer, .service = service}, page.source().ctlOptions()));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void Steering::copyRecheck(PoolPage &page, const QStringList &peers)
{
    QStringList lines;
    for (const QString &peer : peers)
        lines.append(recheckCommand(peer, page.source().ctlOptions()));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void Steering::copyReport(PoolPage &page, const QString &peer)
{
    QGuiApplication::clipboard()->setText(markdownOf(page.source().view(), page.pool(), peer));
    say(tr("The report on %1 is in the clipboard.").arg(peer));
}

} // namespace qproxysql
