// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clustersource.h"
#include "window/draindialog.h"
#include "window/rollingdialog.h"

#include <QtCore/QPointer>

QT_BEGIN_NAMESPACE
class QStatusBar;
QT_END_NAMESPACE

namespace qproxysql {

class MessageBar;
class PoolPage;
class WatchedSource;

/// An operator's actions on peers and their results. Everything is bound to a peer's name, never to
/// a row. The GUI thread; never blocks.
class Steering : public QObject
{
    Q_OBJECT

public:
    Steering(MessageBar &messages, QStatusBar &status, QWidget *window);

    void watch(WatchedSource *source); ///< shows the results of its requests

    void drain(PoolPage &page, const QStringList &peers); ///< opens the dialog
    void resume(PoolPage &page, const QStringList &peers);
    void recheck(PoolPage &page, const QStringList &peers);
    /// Opens the assistant; \a peers: those that are chosen at first, none: all of the pool.
    void rolling(PoolPage &page, const QStringList &peers);
    // As command lines, one for each peer.
    void copyRequests(PoolPage &page, const QStringList &peers, Service service);
    void copyRecheck(PoolPage &page, const QStringList &peers);
    void copyReport(PoolPage &page, const QString &peer);

    // Those that are open; nullptr: none.
    DrainDialog *dialog() const { return m_dialog; }
    RollingDialog *rollingDialog() const { return m_rolling; }

private:
    void showRefusal(const DrainRequest &request, const DrainFile::Outcome &outcome,
                     bool isReadOnly);
    void showDone(const WatchedSource &source, const DrainRequest &request,
                  const DrainFile::Outcome &outcome);
    void showRecheck(const WatchedSource &source, const QString &peer);
    void say(const QString &text);

    MessageBar &m_messages;
    QStatusBar &m_status;
    QWidget *const m_window;
    QPointer<DrainDialog> m_dialog;
    QPointer<RollingDialog> m_rolling;
};

} // namespace qproxysql
