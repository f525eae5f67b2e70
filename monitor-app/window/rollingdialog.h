// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/rollingrunner.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
QT_END_NAMESPACE

namespace qproxysql {

class VerdictBanner;
class WatchedSource;

/// The assistant for a rolling restart of peers of one pool: which peers in which order, then the
/// progress. Closing it while one is carried out interrupts that, and it, or qproxysql-ctl, can
/// continue it. \a source must outlive it. Use show(): the window stays usable.
class RollingDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a chosen: peers that are checked at first; empty: all.
    RollingDialog(WatchedSource &source, const QString &pool, const QStringList &chosen,
                  QWidget *parent = nullptr);
    ~RollingDialog() override;

    bool isRunning() const { return m_runner && !m_runner->isOver(); }

private:
    enum class Phase { Setup, Running, Stopped, Finished };

    void addFields();
    void addButtons();
    void listPeers(const QStringList &chosen);
    QStringList chosenPeers() const;
    void movePeer(int by);
    void begin();
    void continueIt();
    void abortIt();
    /// What the file held when its lock was taken.
    struct Turn
    {
        SharedFolder::Lock lock;
        std::optional<RollingPlan> kept;
    };
    std::optional<Turn> takeTurn();
    void carryOut(const RollingPlan &plan, const SharedFolder::Lock &lock);
    void showPlan(const RollingPlan &plan);
    void showPhase(Phase phase);
    void showStep();
    void showRows(const RollingPlan &plan);
    void refuse(const QString &text);
    void copyCommand();

    WatchedSource &m_source;
    const QString m_pool;
    const RollingFile m_file;
    std::optional<RollingPlan> m_plan; ///< the last one that was read or carried out
    std::unique_ptr<RollingRunner> m_runner;
    VerdictBanner *m_banner;
    QFormLayout *m_form;
    QTreeWidget *m_peers;
    QLineEdit *m_reason;
    QLineEdit *m_command;
    QWidget *m_order;
    QPushButton *m_begin, *m_continue, *m_abort, *m_copy, *m_close;
};

} // namespace qproxysql
