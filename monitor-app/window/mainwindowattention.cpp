// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

// The window's tray icon, notifications and help.

#include "models/poolsummary.h"
#include "window/helpdialog.h"
#include "window/mainwindow.h"
#include "window/monitoractions.h"
#include "window/monitoricon.h"
#include "window/monitorsources.h"
#include "window/notifications.h"
#include "window/peerstable.h"
#include "window/poolpage.h"
#include "window/pooltabs.h"
#include "window/systemdesktop.h"
#include "window/trayicon.h"

#include <QtGui/QAction>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qsizetype MostPools = 8; ///< in the icon's tool tip

} // namespace

void MainWindow::connectDesktop()
{
    m_tray = std::make_unique<TrayIcon>(*this, *m_desktop, m_settings);
    m_notifications = std::make_unique<Notifications>(m_sources, m_settings, *m_desktop);
    connect(m_desktop.get(), &Desktop::notificationActivated, this, &MainWindow::showPeer);
    connect(m_tray.get(), &TrayIcon::activated, this, &MainWindow::showWorst);
    connect(m_tray.get(), &TrayIcon::quitWanted, this, &MainWindow::quit);
    connect(&m_sources, &MonitorSources::clockChanged, this, &MainWindow::showTray);
    m_tray->applySettings();
}

void MainWindow::showTray()
{
    QStringList lines{m_sources.isPaused() ? tr("QPROXYSQL Monitor, paused")
                                           : tr("QPROXYSQL Monitor")};
    const QList<PoolPage *> pages = m_tabs->pages();
    for (const PoolPage *page : pages) {
        const PoolView *const pool = page->poolView();
        if (pool && lines.size() <= MostPools)
            lines.append(tr("%1: %2").arg(poolTitle(pool->name),
                                          summaryOf(*pool, page->source().view())));
    }
    if (pages.size() > MostPools)
        lines.append(tr("and %n more pool(s)", nullptr, int(pages.size() - MostPools)));
    m_tray->show(m_worst, lines);
}

void MainWindow::showPeer(const QString &pool, const QString &peer)
{
    m_tray->bringWindowBack();
    for (PoolPage *page : m_tabs->pages()) {
        if (page->pool() != pool)
            continue;
        m_tabs->setCurrentPage(page);
        page->table().setCurrentPeer(peer);
        if (page->table().currentPeer() != peer) { // a filter hides it
            m_actions->filterEdit->clear();
            m_actions->problemsOnly->setChecked(false);
            page->table().setCurrentPeer(peer);
        }
        return;
    }
}

void MainWindow::showWorst()
{
    m_tray->bringWindowBack();
    if (!m_worst || !isProblem(*m_worst))
        return;
    for (PoolPage *page : m_tabs->pages()) {
        const PoolView *const pool = page->poolView();
        if (!pool || worstOf(*pool) != *m_worst)
            continue;
        for (const PeerView &peer : pool->peers) {
            if (displayStateOf(peer) == *m_worst) {
                showPeer(pool->name, peer.address.name());
                return;
            }
        }
    }
}

void MainWindow::quit()
{
    m_isQuitting = true;
    if (isVisible()) {
        m_isQuitting = close(); // it may have something to say first
        return;
    }
    save();
    QCoreApplication::quit();
}

void MainWindow::connectHelp()
{
    connect(m_actions->legend, &QAction::triggered, this,
            [this] { HelpDialog::showLegend(this, HelpDialog::Part::Glyphs); });
    connect(m_actions->shortcuts, &QAction::triggered, this,
            [this] { HelpDialog::showLegend(this, HelpDialog::Part::Keys); });
    connect(m_actions->guide, &QAction::triggered, this, [this] { HelpDialog::showGuide(this); });
    connect(m_actions->about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_actions->aboutQt, &QAction::triggered, this, [this] {
        auto *const box =
                new QMessageBox(QMessageBox::NoIcon, tr("About Qt"),
                                tr("This program uses Qt %1.").arg(QLatin1StringView(qVersion())),
                                QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->open();
    });
}

void MainWindow::showAbout()
{
    auto *const box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("About QPROXYSQL Monitor"));
    box->setIconPixmap(monitorIcon().pixmap(QSize(64, 64), devicePixelRatio()));
    box->setText(tr("QPROXYSQL Monitor %1").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
            tr("Shows and steers which database servers QPROXYSQL applications use."));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

} // namespace qproxysql
