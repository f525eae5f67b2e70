// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/drainforecast.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace qproxysql {

/// Asks whether to drain a peer and shows live facts: pass each new view to setView(). Draining a
/// pool's last healthy peer requires typing the pool's name. Does not drain by itself: wanted()
/// returns the request. Use open(), not exec().
class DrainDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a command: the options of an equivalent qproxysql-ctl command line.
    DrainDialog(const QString &peer, const QStringList &command, QWidget *parent = nullptr);

    void setView(const ClusterView &view);

Q_SIGNALS:
    void wanted(const qproxysql::DrainRequest &request);

private:
    void addGuard();
    void addButtons();
    QString landingLines(const DrainForecast &forecast) const;
    void showWarnings(const DrainForecast &forecast);
    void checkGuard();
    bool isForced() const { return !m_lastIn.isEmpty(); }
    DrainRequest request() const;
    void copyCommand();

    const QString m_peer;
    const QStringList m_command;
    bool m_isDrainable = false;
    QString m_lastIn; ///< the pool whose last healthy peer it is now; empty: none
    QLabel *m_sessions;
    QLabel *m_landings;
    QLabel *m_others;
    QLabel *m_warnings;
    QLineEdit *m_reason;
    QWidget *m_guardBox = nullptr;
    QLabel *m_guardText = nullptr;
    QLineEdit *m_guard = nullptr;
    QPushButton *m_drain = nullptr;
};

} // namespace qproxysql
