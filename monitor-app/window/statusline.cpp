// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/statusline.h"

#include "window/eventspane.h"
#include "window/monitorsources.h"
#include "window/poolpage.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStatusBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

struct StatusTexts
{
    Q_DECLARE_TR_FUNCTIONS(StatusLine)
};

QString reachableText(const PoolView &pool)
{
    const auto isReached = [](const PeerView &peer) {
        return peer.isUp() || (peer.probe && peer.probe->isLoggedIn);
    };
    return StatusTexts::tr("%1 of %n reachable", nullptr, int(pool.peers.size()))
            .arg(std::ranges::count_if(pool.peers, isReached));
}

QString tlsText(const PoolView &pool)
{
    const auto isLoggedIn = [](const PeerView &peer) {
        return peer.probe && peer.probe->isLoggedIn;
    };
    const auto all = std::ranges::count_if(pool.peers, isLoggedIn);
    const auto encrypted = std::ranges::count_if(pool.peers, [&](const PeerView &peer) {
        return isLoggedIn(peer) && peer.probe->usesTls;
    });
    if (all == 0)
        return {};
    if (encrypted == all)
        return StatusTexts::tr("TLS");
    return encrypted == 0 ? StatusTexts::tr("no TLS") : StatusTexts::tr("TLS in part");
}

} // namespace

StatusLine::StatusLine(QStatusBar *bar)
    : m_text(new QLabel(bar))
    , m_tls(new QLabel(bar))
{
    m_text->setObjectName(u"status"_s);
    m_text->setAccessibleName(StatusTexts::tr("Status"));
    m_text->setTextFormat(Qt::PlainText);
    m_tls->setObjectName(u"tls"_s);
    m_tls->setTextFormat(Qt::PlainText);
    m_tls->setToolTip(StatusTexts::tr("Whether the window's own connections are encrypted"));
    bar->addWidget(m_text, 1);
    bar->addPermanentWidget(m_tls);
}

void StatusLine::show(const MonitorSources &sources, const PoolPage *page)
{
    QStringList parts;
    const PoolView *const pool = page ? page->poolView() : nullptr;
    if (pool)
        parts.append(reachableText(*pool));
    parts.append(sources.isPaused() ? StatusTexts::tr("paused")
                                    : StatusTexts::tr("every %1 s").arg(sources.interval()));
    const bool isReadOnly = page ? page->source().isReadOnly() : sources.isReadOnly();
    parts.append(isReadOnly ? StatusTexts::tr("read-only") : StatusTexts::tr("read-write"));
    const int events = page ? page->events().newEvents() : 0;
    if (events > 0)
        parts.append(StatusTexts::tr("%n new event(s)", nullptr, events));
    m_text->setText(parts.join(u" \u00b7 "_s));
    m_tls->setText(pool ? tlsText(*pool) : QString());
}

} // namespace qproxysql
