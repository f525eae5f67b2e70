// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clustersource.h"
#include "window/draindialog.h"

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

    void drain(PoolPage &page, const QString &peer); ///< opens the dialog
    void resume(PoolPage &page, const QString &peer);
    void recheck(PoolPage &page, const QString &peer);
    void copyRequest(PoolPage &page, const DrainRequest &request); ///< as a command line
    void copyRecheck(PoolPage &page, const QString &peer);
    void copyReport(PoolPage &page, const QString &peer);

    DrainDialog *dialog() const { return m_dialog; } ///< the one that is open; nullptr: none

private:
    void showOutcome(const DrainRequest &request, const DrainFile::Outcome &outcome);
    void showDone(const WatchedSource &source, const DrainRequest &request,
                  const DrainFile::Outcome &outcome);
    void showRecheck(const WatchedSource &source, const QString &peer);
    void say(const QString &text);

    MessageBar &m_messages;
    QStatusBar &m_status;
    QWidget *const m_window;
    QPointer<DrainDialog> m_dialog;
};

} // namespace qproxysql
